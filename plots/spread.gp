# How far launches differ and how a launch drifts, cell by cell against size: standard deviation
# of the launches' speed-ups, and the speed-up in the last third of a launch ÷ that in the first.
# Parameters: name svg_name title_text head findings finding_1… pythons widest python_1… x_min x_max
#             x_step x_minor spread_min spread_max drift_min drift_max
# Data (name.csv): number,python,question,size_bytes,spread_percent,drift,drift_lo,drift_hi
load 'style.gp'
width = 560; body = 318; entries = pythons
load 'head.gp'
load 'sizes.gp'
unset key
data = name.'.csv'
place(p) = column(1) == p ? column(4) * 2 ** ((p - (pythons + 1) / 2.0) * 0.6 / pythons) : NaN
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
            set ytics ('0.01 %%' 0.01, '0.1 %%' 0.1, '1 %%' 1, '10 %%' 10, '100 %%' 100) scale 0.5
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
            plot for [p = 1:pythons] data skip 1 using (place(p)):5 notitle with points \
                linetype lt_python(p) pointtype pt_python(p) pointsize 0.35
        } else {
            plot \
                for [p = 1:pythons] data skip 1 using (place(p)):7:(0):($8 - $7) \
                    notitle with vectors nohead linetype lt_python(p) linewidth 0.5, \
                for [p = 1:pythons] data skip 1 using (place(p)):6 \
                    title value(sprintf('python_%d', p)) with points linetype lt_python(p) \
                    pointtype pt_python(p) pointsize 0.35
        }
    }
    unset multiplot
    unset output
    unset key
    unset xlabel
    unset arrow 1
    load 'head.gp'
}
