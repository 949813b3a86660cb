# Is the instrument steady? Over the launches of the run: the same copy visited twice (twin ÷
# copy), and the bare call path (null ÷ its own mean); points are medians over the cells of a
# launch, bars their middle halves.
# Parameters: name svg_name title_text head findings finding_1… pythons widest python_1…
#             first_launch last_launch twin_min twin_max null_min null_max
# Data (name.csv): number,python,launch,cells,twin,twin_lo,twin_hi,null,null_lo,null_hi
load 'style.gp'
width = 560; body = 318; entries = pythons
room = 462
load 'head.gp'
unset logscale
set xrange [first_launch - 0.5:last_launch + 0.5]
launches = last_launch - first_launch + 1
set xtics first_launch, (launches > 40 ? 10 : launches > 20 ? 5 : launches > 12 ? 2 : 1) scale 0.5
unset key
data = name.'.csv'
place(p) = column(1) == p ? column(3) + (p - (pythons + 1) / 2.0) * 0.7 / pythons : NaN
factor_text(span) = span < 0.08 ? '%.3f' : '%.2f'
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    set multiplot
    set lmargin at screen 86.0 / width
    set rmargin at screen 1 - 12.0 / width
    do for [panel = 1:2] {
        top = 1 - (head + 8.0 + (panel - 1) * 138.0) / height
        set tmargin at screen top
        set bmargin at screen top - 124.0 / height
        low = panel == 1 ? twin_min : null_min
        high = panel == 1 ? twin_max : null_max
        set yrange [low:high]
        set ytics auto scale 0.5 format factor_text(high - low)
        set label 900 (panel == 1 ? 'twin ÷ copy' : 'null ÷ its mean') at screen 10.0 / width, \
            graph 0.5 center rotate textcolor rgb '#333333'
        set format x (panel == 1 ? '' : '%.0f')
        if (panel == 2) {
            unset label 901
            do for [i = 1:findings] { unset label 901 + i }
            set xlabel 'launch, in the order of the run' offset 0, 0.6 textcolor rgb '#333333'
            load 'key.gp'
        }
        c = panel == 1 ? 5 : 8
        set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead back linecolor rgb '#333333'
        plot \
            for [p = 1:pythons] data skip 1 using (place(p)):(column(c + 1)):(0):(column(c + 2) - \
                column(c + 1)) notitle with vectors nohead linetype lt_python(p) linewidth 1.5, \
            for [p = 1:pythons] data skip 1 using (place(p)):(column(c)) \
                title (panel == 2 ? value(sprintf('python_%d', p)) : '') \
                with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.7
    }
    unset multiplot
    unset output
    unset key
    unset xlabel
    load 'head.gp'
}
