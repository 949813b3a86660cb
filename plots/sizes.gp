# Tics of a size axis: x_min x_max x_step, labels at every x_step from 16 B on
# unless sizes_shown is 0.
if (!exists('sizes_shown')) { sizes_shown = 1 }
set xrange [x_min:x_max]
set xtics () scale 0.6
x = 16.0
while (x <= x_max) {
    if (x >= x_min) { set xtics add (sizes_shown ? size_text(x) : '' x) }
    x = x * x_step
}
