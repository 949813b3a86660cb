# How far launches differ and how a launch drifts, against size: standard deviation of the
# launches' speed-ups, and the speed-up in the last third of a launch ÷ that in the first; points
# are medians over cells, bars their middle halves.
# Parameters: name svg_name title_text head findings finding_1… pythons widest python_1… x_min x_max
#             x_step spread_min spread_max drift_min drift_max
# Data (name.csv): number,python,size_bytes,cells,spread_percent,spread_lo,spread_hi,drift,
#      drift_lo,drift_hi
load 'style.gp'
width = 560; body = 318; entries = pythons
room = 462
load 'head.gp'
load 'sizes.gp'
unset key
data = name.'.csv'
place(p) = column(1) == p ? column(3) * 2 ** ((p - (pythons + 1) / 2.0) * 0.6 / pythons) : NaN
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
        if (panel == 1) {
            set logscale y
            set yrange [spread_min:spread_max]
            set ytics ('0.1 %%' 0.1, '0.2 %%' 0.2, '0.5 %%' 0.5, '1 %%' 1, '2 %%' 2, '5 %%' 5, \
                '10 %%' 10, '20 %%' 20, '50 %%' 50, '100 %%' 100) scale 0.5
            set label 900 'spread of launches' at screen 10.0 / width, graph 0.5 center rotate \
                textcolor rgb '#333333'
            sizes_shown = 0
            load 'sizes.gp'
        } else {
            sizes_shown = 1
            load 'sizes.gp'
            unset label 901
            do for [i = 1:findings] { unset label 901 + i }
            unset logscale y
            set yrange [drift_min:drift_max]
            set ytics auto scale 0.5 format '%.2f'
            set label 900 'last ÷ first third' at screen 10.0 / width, graph 0.5 center rotate \
                textcolor rgb '#333333'
            set xlabel 'size handed over' offset 0, 0.6 textcolor rgb '#333333'
            set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead back \
                linecolor rgb '#333333'
            load 'key.gp'
        }
        if (panel == 1) {
            plot \
                for [p = 1:pythons] data skip 1 using (place(p)):6:(0):($7 - $6) notitle \
                    with vectors nohead linetype lt_python(p) linewidth 1.5, \
                for [p = 1:pythons] data skip 1 using (place(p)):5 notitle \
                    with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.6
        } else {
            plot \
                for [p = 1:pythons] data skip 1 using (place(p)):9:(0):($10 - $9) notitle \
                    with vectors nohead linetype lt_python(p) linewidth 1.5, \
                for [p = 1:pythons] data skip 1 using (place(p)):8 \
                    title value(sprintf('python_%d', p)) with points linetype lt_python(p) \
                    pointtype pt_python(p) pointsize 0.6
        }
    }
    unset multiplot
    unset output
    unset key
    unset xlabel
    unset arrow 1
    load 'head.gp'
}
