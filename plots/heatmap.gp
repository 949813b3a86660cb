# Speed-up of every question at every size on one interpreter, printed; coloured where the 95 %
# interval excludes 1 and the difference matters: red shades, copying is faster, blue ones,
# sharing is.
# Parameters: name svg_name title_text head findings finding_1… rows row_1… columns column_1…
# Data (name.csv): question,size_bytes,x,y,shade,text,gross,lo,hi; shade 0 (copying by far) … 3
#      (same or unclear) … 6 (sharing by far), sorted by it
load 'style.gp'
label_width = 190.0; cell_width = 34.0; cell_height = 17.0
width = label_width + cell_width * columns + 8; body = cell_height * rows + 48; entries = 1; widest = 1
room = 100
load 'head.gp'
unset logscale
unset grid
set border 0
unset key
set xrange [0.5:columns + 0.5]
set yrange [rows + 0.5:0.5]
set xtics () scale 0 font ',11' rotate by 45 right offset 0.6, 0.1
do for [i = 1:columns] { set xtics add (value(sprintf('column_%d', i)) i) }
set ytics () scale 0
do for [i = 1:rows] { set ytics add (value(sprintf('row_%d', i)) i) }
set lmargin at screen label_width / width
set rmargin at screen 1 - 8.0 / width
set tmargin at screen 1 - (head + 2.0) / height
set bmargin at screen 46.0 / height
shade(k) = word('#f3a683 #f9cbb4 #fce6db #ececec #dcecf8 #b9d9f0 #8fc3e8', k + 1)
data = name.'.csv'
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    plot \
        for [k = 0:6] data skip 1 using ($5 == k ? $3 : NaN):4:(0.48):(0.47) with boxxyerror \
            fillcolor rgb shade(k) fillstyle solid noborder, \
        data skip 1 using 3:4:6 with labels font ',11' textcolor rgb '#000000'
    unset output
}
