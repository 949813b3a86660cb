# What another variant changes: a row per series of cells, a shape per head at its ratio to the
# base, bars are 95 % intervals; hollow: unclear; last, below the line, the mean over all cells.
# Parameters: name svg_name title_text head findings finding_1… rows row_1… heads head_1…
#             head_places row_height x_min x_max x_ticks x_text mean_row
# Data (name.csv): y,number,head,question,ratio,lo,hi,is_clear
load 'style.gp'
width = 400; body = row_height * rows + 58; entries = heads
room = 194
load 'head.gp'
unset logscale y
set xrange [x_min:x_max]
set yrange [rows + 0.5:0.5]
set xtics () scale 0.5
do for [i = 1:words(x_ticks)] { set xtics add (word(x_ticks, i).'×' word(x_ticks, i) + 0) }
set ytics () scale 0
do for [i = 1:rows] { set ytics add (value(sprintf('row_%d', i)) i) }
set grid noytics xtics
set xlabel x_text offset 0, 0.6 textcolor rgb '#333333'
set lmargin at screen 192.0 / width
set rmargin at screen 1 - 14.0 / width
set tmargin at screen 1 - (head + 4.0) / height
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linecolor rgb '#333333'
if (mean_row > 1) {
    set arrow 2 from graph 0, first mean_row - 0.5 to graph 1, first mean_row - 0.5 nohead back \
        linecolor rgb '#777777'
}
load 'key.gp'
data = name.'.csv'
place(p) = word(head_places, p) + 0
pt_clear(k) = word('7 5 9 11 13 15 7 5', 1 + (k - 1) % 8) + 0
of(p, clear, x_value) = column(2) == p && column(8) == clear ? x_value : NaN
any(p, x_value) = column(2) == p ? x_value : NaN
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    plot \
        for [p = 1:heads] data skip 1 using (any(p, column(6))):1:(column(7) - column(6)):(0) \
            notitle with vectors nohead linetype lt_python(place(p)) linewidth 1.5, \
        for [p = 1:heads] data skip 1 using (of(p, 0, column(5))):1 notitle with points \
            linecolor rgb 'white' pointtype pt_clear(place(p)) pointsize 0.7, \
        for [p = 1:heads] data skip 1 using (of(p, 0, column(5))):1 notitle with points \
            linetype lt_python(place(p)) pointtype pt_clear(place(p)) - 1 pointsize 0.7, \
        for [p = 1:heads] data skip 1 using (of(p, 1, column(5))):1 notitle with points \
            linetype lt_python(place(p)) pointtype pt_clear(place(p)) pointsize 0.7, \
        for [p = 1:heads] NaN title value(sprintf('head_%d', p)) \
            with points linetype lt_python(place(p)) pointtype pt_clear(place(p)) pointsize 0.8
    unset output
}
