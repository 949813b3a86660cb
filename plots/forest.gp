# From what size on sharing pays: a row per question, a shape per interpreter at its break-even,
# bars are 95 % intervals; arrows: at every size that was measured (left) or at none (right);
# crosses: the data do not say. Shaded: sizes that were measured by none.
# Parameters: name svg_name title_text head findings finding_1… rows row_1… pythons python_1…
#             row_height x_min x_max x_lo x_hi x_step
# Data (name.csv): y,number,python,question,status,mark,bytes,lo,hi with mark 0 break-even,
#      -1 always, 1 never, 2 unknown
load 'style.gp'
width = 400; body = row_height * rows + 58; entries = pythons
room = 220
load 'head.gp'
unset logscale y
load 'sizes.gp'
set yrange [rows + 0.5:0.5]
set ytics () scale 0
do for [i = 1:rows] { set ytics add (value(sprintf('row_%d', i)) i) }
set grid noytics xtics
set xlabel 'size handed over' offset 0, 0.6 textcolor rgb '#333333'
set lmargin at screen 168.0 / width
set rmargin at screen 1 - 12.0 / width
set tmargin at screen 1 - (head + 4.0) / height
set object 1 rectangle from first x_min, graph 0 to first x_lo, graph 1 behind \
    fillcolor rgb '#dddddd' fillstyle transparent solid 0.4 noborder
set object 2 rectangle from first x_hi, graph 0 to first x_max, graph 1 behind \
    fillcolor rgb '#dddddd' fillstyle transparent solid 0.4 noborder
load 'key.gp'
data = name.'.csv'
middle = sqrt(x_lo * x_hi)
when(p, mark, x_value) = column(2) == p && column(6) == mark ? x_value : NaN
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    plot \
        for [p = 1:pythons] data skip 1 using (when(p, 0, column(8))):1:(column(9) - column(8)):(0) \
            notitle with vectors nohead linetype lt_python(p) linewidth 1.5, \
        for [p = 1:pythons] data skip 1 using (when(p, 0, column(7))):1 notitle with points \
            linetype lt_python(p) pointtype pt_python(p) pointsize 0.7, \
        for [p = 1:pythons] data skip 1 using (when(p, -1, x_lo)):1:(x_lo * 0.45 - x_lo):(0) \
            notitle with vectors head filled size screen 0.016, 22 linetype lt_python(p) \
            linewidth 1.5, \
        for [p = 1:pythons] data skip 1 using (when(p, 1, x_hi)):1:(x_hi * 2.2 - x_hi):(0) \
            notitle with vectors head filled size screen 0.016, 22 linetype lt_python(p) \
            linewidth 1.5, \
        for [p = 1:pythons] data skip 1 using (when(p, 2, middle)):1 notitle with points \
            linetype lt_python(p) pointtype 2 pointsize 0.9 linewidth 1.3, \
        for [p = 1:pythons] NaN title value(sprintf('python_%d', p)) \
            with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.8
    unset output
}
