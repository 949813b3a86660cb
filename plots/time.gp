# Time per operation against size, log-log: copy, every alternative, memcpy as the limit; ribbons
# (bars where sizes are few) are 95 % intervals, upright bands break-evens with their intervals, dotted lines cache sizes.
# Parameters: name svg_name few title_text head findings finding_1… views widest view_1… limit_rows x_min
#             x_max x_step y_min y_max crossings crossings_lo crossings_hi crossing_views
#             caches cache_names
# Data (name.csv): series,arm,size_bytes,ns,lo_ns,hi_ns with series 0 limit, 1 copy, 2… alternatives
load 'style.gp'
width = 400; body = 310; entries = views + (limit_rows > 0 ? 2 : 1)
room = 308
load 'head.gp'
load 'sizes.gp'

set yrange [y_min * 0.9:y_max * 1.1]
set ytics () scale 0.5
do for [k = -3:15] {
    if (10.0 ** k >= y_min && 10.0 ** k <= y_max) { set ytics add (time_text(10.0 ** k) 10.0 ** k) }
}
set xlabel 'size handed over' offset 0, 0.6 textcolor rgb '#333333'
set label 900 'time per operation' at screen 10.0 / width, graph 0.5 center rotate \
    textcolor rgb '#333333'
set lmargin at screen 80.0 / width
set rmargin at screen 1 - 12.0 / width
set tmargin at screen 1 - (head + 16.0) / height
load 'key.gp'

do for [i = 1:words(crossings)] {
    set object i rectangle from first word(crossings_lo, i) + 0, graph 0 \
        to first word(crossings_hi, i) + 0, graph 1 behind \
        fillcolor linetype lt_view(word(crossing_views, i) + 0) \
        fillstyle transparent solid 0.2 noborder
    set arrow i from first word(crossings, i) + 0, graph 0 \
        to first word(crossings, i) + 0, graph 1 nohead linewidth 1 \
        linetype lt_view(word(crossing_views, i) + 0)
}
do for [i = 1:words(caches)] {
    set arrow 100 + i from first word(caches, i) + 0, graph 0 \
        to first word(caches, i) + 0, graph 1 nohead linecolor rgb '#777777' dashtype 3
    set label 100 + i word(cache_names, i) at first word(caches, i) + 0, graph 1 \
        center offset 0, 0.5 font ',10' textcolor rgb '#555555'
}

data = name.'.csv'
only(s, column_number) = column(1) == s ? column(column_number) : NaN
lt_arm(s) = s == 0 ? lt_limit : s == 1 ? lt_copy : lt_view(s - 1)
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    plot \
        for [s = (few ? 0 : 1):(few ? views + 1 : 0)] data skip 1 \
            using (only(s, 3)):5:(0):($6 - $5) notitle \
            with vectors nohead linewidth 1.5 linetype lt_arm(s), \
        for [s = (limit_rows > 0 ? 0 : 1):views + 1] data skip 1 using (only(s, 3)):5:6 \
            with filledcurves notitle linetype lt_arm(s) \
            fillstyle transparent solid ribbon noborder, \
        for [s = 0:limit_rows > 0 ? 0 : -1] data skip 1 using (only(s, 3)):4 with lines \
            title 'limit' linetype lt_limit dashtype 2, \
        for [s = 1:1] data skip 1 using (only(s, 3)):4 with linespoints title 'copy' \
            linetype lt_copy pointtype pt_copy pointsize 0.5 linewidth 1.5, \
        for [s = 1:views] data skip 1 using (only(s + 1, 3)):4 with linespoints \
            title value(sprintf('view_%d', s)) linetype lt_view(s) pointtype pt_view(s) \
            pointsize 0.5 linewidth 1.5
    unset output
}
