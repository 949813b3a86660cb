# Speed-up (above) and break-even (below) of one question from run to run, a shape per interpreter,
# bars are 95 % intervals.
# Parameters: name svg_name title_text head findings pythons python_1… runs run_1… has_bytes
#             y_min y_max b_min b_max
# Data (name.csv): x,number,python,run_id,speedup,speedup_lo,speedup_hi,bytes,bytes_lo,bytes_hi
load 'style.gp'
width = 400; body = has_bytes ? 330 : 220; entries = pythons
room = 316
load 'head.gp'
unset logscale x
set xrange [0.5:runs + 0.5]
set lmargin at screen 70.0 / width
set rmargin at screen 1 - 14.0 / width
data = name.'.csv'
of(p, x_value) = column(2) == p ? x_value : NaN
shift(p) = (p - (pythons + 1) / 2.0) * 0.5 / pythons
below = key_height + 76.0
middle = has_bytes ? below + 112.0 : below
every_run = runs > 12 ? ceil(runs / 12.0) : 1
if (!exists('kinds')) { kinds = 'svg png' }
do for [kind in kinds] {
    load 'terminal.gp'
    set multiplot
    load 'key.gp'
    set tmargin at screen 1 - (head + 4.0) / height
    set bmargin at screen (has_bytes ? middle + 14.0 : below) / height
    set logscale y
    set yrange [y_min / 1.15:y_max * 1.15]
    set ytics () scale 0.4
    digits = y_max / y_min < 2.5 ? '1 1.1 1.2 1.3 1.4 1.6 1.8 2 2.2 2.5 3 3.5 4 4.5 5 5.5 6 7 8 9' : \
        y_max / y_min < 40 ? '1 2 5' : '1'
    do for [d = -3:8] {
        do for [digit in digits] {
            r = digit * 10.0 ** d
            if (r >= y_min / 1.15 && r <= y_max * 1.15) { set ytics add (ratio_text(r) r) }
        }
    }
    set ylabel 'speed-up' textcolor rgb '#333333'
    set xtics () scale 0.4 rotate by 40 right
    do for [i = 1:runs:every_run] {
        set xtics add ((has_bytes ? '' : value(sprintf('run_%d', i))) i)
    }
    plot for [p = 1:pythons] data skip 1 using \
            (of(p, column(1) + shift(p))):6:(0):(column(7) - column(6)) \
            notitle with vectors nohead linetype lt_python(p) linewidth 1.5, \
        for [p = 1:pythons] data skip 1 using (of(p, column(1) + shift(p))):5 notitle \
            with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.7, \
        for [p = 1:pythons] NaN title value(sprintf('python_%d', p)) \
            with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.8
    if (has_bytes) {
        unset key
        set tmargin at screen middle / height
        set bmargin at screen below / height
        set yrange [b_min / 1.3:b_max * 1.3]
        set ytics () scale 0.4
        b = 16.0
        step = b_max / b_min > 64 ? 16.0 : b_max / b_min > 8 ? 4.0 : 2.0
        while (b <= b_max * 2) { set ytics add (size_text(b) b); b = b * step }
        set ylabel 'break-even' textcolor rgb '#333333'
        do for [i = 1:runs:every_run] { set xtics add (value(sprintf('run_%d', i)) i) }
        plot for [p = 1:pythons] data skip 1 using \
                (of(p, column(1) + shift(p))):9:(0):(column(10) - column(9)) \
                notitle with vectors nohead linetype lt_python(p) linewidth 1.5, \
            for [p = 1:pythons] data skip 1 using (of(p, column(1) + shift(p))):8 notitle \
                with points linetype lt_python(p) pointtype pt_python(p) pointsize 0.7
    }
    unset multiplot
    unset output
}
