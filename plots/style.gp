# What all pictures share: colours, words for sizes and times, axes, titles. Loaded by the other
# scripts. Strings that name things come from parameter files and are only ever used as text.
# Every size is in points of a picture that is read at half the width of a page.
reset
set encoding utf8
set decimalsign '.'
set datafile separator comma
set datafile missing ''
set colorsequence podo
set border 3 linecolor rgb '#666666'
set tics nomirror textcolor rgb '#333333' font ',12'
# The first SVG of a process names its colours otherwise than those behind it: here it is thrown
# away, so that a picture's bytes do not depend on what was drawn before it.
if (!exists('is_begun')) {
    is_begun = 1
    set terminal svg
    set output '/dev/null'
    plot [0:1][0:1] 0 notitle
    set output
}
set grid xtics ytics linecolor rgb '#dddddd' linewidth 0.5 linetype 1
set logscale xy

# One colour and one point shape for each thing, in every picture (podo: safe for the colour-blind).
lt_limit = 1; pt_limit = 2
lt_copy = 7; pt_copy = 7
lt_view(k) = word('6 4 8 3', k) + 0
pt_view(k) = word('5 9 13 11', k) + 0

# Interpreters: colours told apart by lightness as well, and shapes; they come round after eight.
do for [i = 1:8] {
    set linetype 10 + i linewidth 1 linecolor rgb word('#332288 #44aa99 #882255 #999933 '. \
        '#117733 #aa4499 #88ccee #cc6677', i)
}
lt_python(k) = 11 + (k - 1) % 8
pt_python(k) = word('7 5 9 11 13 6 4 8', 1 + (k - 1) % 8) + 0
ribbon = 0.22

# Sizes in binary units; n is a power of two.
size_text(n) = n < 1024 ? sprintf('%.0f B', n) : n < 1048576 ? sprintf('%.0f KiB', n / 1024.0) : \
    n < 1073741824 ? sprintf('%.0f MiB', n / 1048576.0) : sprintf('%.0f GiB', n / 1073741824.0)

# Times in natural units; t is in ns.
time_text(t) = t < 1000 ? sprintf('%g ns', t) : t < 1000000 ? sprintf('%g µs', t / 1e3) : \
    t < 1e9 ? sprintf('%g ms', t / 1e6) : sprintf('%g s', t / 1e9)

ratio_text(r) = sprintf('%g×', r)
