# Completion of zcbench for bash. The program itself says what may stand next (zcbench __complete);
# here its answer is only made fit for bash. Installed it is found by bash-completion; without it:
# . zcbench.bash

_zcbench() {
    local word line rest suffix program=$1 words=() joined=
    # bash parts words at '=' and ':'; the program knows --name=value as one word.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ${#words[@]} -gt 0 && ($word == [=:] || $joined) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        joined=
        [[ $word == [=:] ]] && joined=yes
    done
    [[ ${#words[@]} -gt 0 ]] || words=('')
    COMPREPLY=()
    # What stands before the last of them is no part of the word that bash replaces.
    word=${words[-1]} rest=${COMP_WORDS[COMP_CWORD]}
    [[ $rest == [=:] ]] && rest=
    local kept=${word%"$rest"}
    [[ $program != \~/* ]] || program=$HOME/${program#\~/}
    while IFS= read -r line; do
        case $line in
            :files*)
                compopt -o filenames
                suffix=${line#:files} suffix=${suffix# }
                while IFS= read -r line; do
                    [[ ! -d $line && $line != *"$suffix" ]] || COMPREPLY+=("$line")
                done < <(compgen -f -- "$rest")
                ;;
            :folders)
                compopt -o filenames
                while IFS= read -r line; do
                    COMPREPLY+=("$line")
                done < <(compgen -d -- "$rest")
                ;;
            *)
                line=${line%%$'\t'*}
                COMPREPLY+=("${line#"$kept"}")
                ;;
        esac
    done < <("$program" __complete "${words[@]}" 2>/dev/null)
} && complete -F _zcbench zcbench
