# Completion of zcbench for fish. The program itself says what may stand next (zcbench __complete);
# here its answer is only made fit for fish.

function __zcbench_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l last $words[-1]
    set -l value (string replace -r '^--[^=]*=' '' -- $last)
    set -l kept (string sub -l (math (string length -- $last) - (string length -- $value)) -- $last)
    for line in (command $words[1] __complete $words[2..-1] 2>/dev/null)
        switch $line
            case ':files*'
                set -l suffix (string replace -r '^:files ?' '' -- $line)
                for path in (__fish_complete_path $value | string replace -r '\t.*' '')
                    if string match -q '*/' -- $path; or string match -q "*$suffix" -- $path
                        echo $kept$path
                    end
                end
            case ':folders'
                for path in (__fish_complete_directories $value '' | string replace -r '\t.*' '')
                    echo $kept$path
                end
            case '*'
                echo $line
        end
    end
end

complete -c zcbench -f -a '(__zcbench_complete)'
