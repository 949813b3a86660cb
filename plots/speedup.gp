# Speed-up (copy time ÷ view time) against size, one panel per pair and alternative, one colour per
# lane; ribbons are 95 % intervals, above the line at 1× sharing wins, rings on it are break-evens.
# Parameters: name svg_name title_text panels panel_1… columns rows lane_numbers lane_1…
#             x_min x_max y_min y_max x_step y_step y_digits
# Data (name.csv): panel,lane,pair,lane_name,arm,size_bytes,gross,gross_lo,gross_hi
#      (name-breakeven.csv): panel,lane,bytes,lo,hi
load 'style.gp'

unset key
set xrange [x_min:x_max]
set yrange [y_min:y_max]
data = name.'.csv'
marks = name.'-breakeven.csv'
only(p, l, column_number) = column(1) == p && column(2) == l ? column(column_number) : NaN
panel_width = columns == 1 ? 560 : columns == 2 ? 300 : columns == 3 ? 205 : 190
panel_height = columns == 1 ? 320 : columns == 2 ? 190 : 135

do for [kind in 'svg png'] {
    width = 80.0 + columns * panel_width
    height = 100.0 + rows * panel_height
    text_scale = columns == 1 ? 1.0 : 0.85
    load 'terminal.gp'
    set multiplot layout rows, columns \
        margins screen 72 / width, 1 - 22 / width, 58 / height, 1 - 68 / height \
        spacing screen 16 / width, 30 / height
    set label 1 title_text at screen 0.5, screen 1 - 14 / height center
    set label 2 'size handed over (above the line at 1× sharing wins)' \
        at screen 0.5, screen 12 / height center textcolor rgb '#333333'
    lanes = words(lane_numbers)
    do for [i = 1:lanes] {
        l = word(lane_numbers, i) + 0
        set label 2 + i value(sprintf('lane_%d', l)) at screen (i - 0.75) / (lanes + 1), \
            screen 1 - 34 / height left point linetype lt_lane(l) pointtype pt_lane(l) offset 0.8, 0
    }
    set label 3 + lanes 'break-even' at screen (lanes + 0.25) / (lanes + 1), \
        screen 1 - 34 / height left point pointtype 6 linecolor rgb '#333333' offset 0.8, 0
    do for [p = 1:panels] {
        is_left = (p - 1) % columns == 0
        is_bottom = p + columns > panels
        set xtics () scale 0.4
        x = 16.0
        while (x <= x_max) {
            if (x >= x_min) { set xtics add (is_bottom ? size_text(x) : '' x) }
            x = x * x_step
        }
        set ytics () scale 0.4
        y = 1e-6
        while (y <= y_max) {
            do for [d in y_digits] {
                if (d * y >= y_min && d * y <= y_max) {
                    set ytics add (is_left ? ratio_text(d * y) : '' d * y)
                }
            }
            y = y * y_step
        }
        set title value(sprintf('panel_%d', p)) offset 0, -0.6 font ',10'
        if (p > 1) { unset label }
        set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead back linecolor rgb '#333333'
        plot \
            for [l in lane_numbers] data skip 1 using (only(p, l + 0, 6)):8:9 \
                with filledcurves notitle linetype lt_lane(l + 0) \
                fillstyle transparent solid ribbon noborder, \
            for [l in lane_numbers] data skip 1 using (only(p, l + 0, 6)):8:(0):($9 - $8) notitle \
                with vectors nohead linetype lt_lane(l + 0) linewidth 0.7, \
            for [l in lane_numbers] data skip 1 using (only(p, l + 0, 6)):7 \
                with linespoints notitle linetype lt_lane(l + 0) pointtype pt_lane(l + 0) \
                pointsize 0.4 linewidth 1.3, \
            for [l in lane_numbers] marks skip 1 using (only(p, l + 0, 3)):(1):4:5 \
                with xerrorbars notitle linetype lt_lane(l + 0) pointtype 6 pointsize 0.9 \
                linewidth 1.3
    }
    unset multiplot
    unset output
}
