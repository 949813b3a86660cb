# Speed-up (copy time ÷ view time) against size, one curve per interpreter; ribbons (bars
# where sizes are few) are 95 % intervals, above the line at 1× sharing wins, rings on it are break-evens with their intervals.
# Parameters: name svg_name few title_text head findings finding_1… pythons widest python_1… x_min x_max
#             x_step y_min y_max y_step y_digits caches cache_names
# Data (name.csv): number,python,size_bytes,gross,gross_lo,gross_hi
#      (name-breakeven.csv): number,python,bytes,lo,hi
load 'style.gp'
width = 400; body = 260; entries = pythons
room = 312
load 'head.gp'
load 'sizes.gp'

set yrange [y_min:y_max]
set ytics () scale 0.5
y = 1e-9
while (y <= y_max) {
    do for [d in y_digits] {
        if (d * y >= y_min && d * y <= y_max) { set ytics add (ratio_text(d * y) d * y) }
    }
    y = y * y_step
}
set xlabel 'size handed over' offset 0, 0.6 textcolor rgb '#333333'
set label 900 'copy time ÷ view time' at screen 10.0 / width, graph 0.5 center rotate \
    textcolor rgb '#333333'
set lmargin at screen 76.0 / width
set rmargin at screen 1 - 12.0 / width
set tmargin at screen 1 - (head + 16.0) / height
load 'key.gp'
do for [i = 1:words(caches)] {
    set arrow 100 + i from first word(caches, i) + 0, graph 0 \
        to first word(caches, i) + 0, graph 1 nohead linecolor rgb '#777777' dashtype 3
    set label 100 + i word(cache_names, i) at first word(caches, i) + 0, graph 1 \
        center offset 0, 0.5 font ',10' textcolor rgb '#555555'
}
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead linecolor rgb '#333333'

data = name.'.csv'
marks = name.'-breakeven.csv'
only(p, column_number) = column(1) == p ? column(column_number) : NaN
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    plot \
        for [p = 1:pythons] data skip 1 using (only(p, 3)):5:6 with filledcurves notitle \
            linetype lt_python(p) fillstyle transparent solid ribbon noborder, \
        for [p = 1:(few ? pythons : 0)] data skip 1 using (only(p, 3)):5:(0):($6 - $5) notitle \
            with vectors nohead linetype lt_python(p) linewidth 1.5, \
        for [p = 1:pythons] data skip 1 using (only(p, 3)):4 with linespoints \
            title value(sprintf('python_%d', p)) linetype lt_python(p) \
            pointtype pt_python(p) pointsize 0.5 pointinterval (pythons > 3 ? 3 : 1) \
            linewidth 1.3, \
        for [p = 1:pythons] marks skip 1 using (only(p, 3)):(1):4:5 \
            with xerrorbars notitle linetype lt_python(p) pointtype 6 pointsize 1 linewidth 1.3
    unset output
}
