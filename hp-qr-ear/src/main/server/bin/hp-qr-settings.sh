# For hp-qr.sh, which sources it: reads settings as org.hpqr.standalone.Configuration does, for what needs them before there is
# a server. Needs the arrays options, of Java, and arguments, of the server.

# Sets result to a text without its escapes: \t, \n, \r, \f, \uXXXX; any other escaped character is itself.
unescape() { # TEXT
    local LC_ALL=C.UTF-8 text=$1 character
    result=''
    while [[ $text == *\\* ]]; do
        result+=${text%%\\*}
        text=${text#*\\}
        if [[ $text =~ ^u([dD][89aAbB][[:xdigit:]]{2})\\u([dD][c-fC-F][[:xdigit:]]{2}) ]]; then
            printf -v character '\\U%08x' $((0x10000 + ((0x${BASH_REMATCH[1]} - 0xD800) << 10) + 0x${BASH_REMATCH[2]} - 0xDC00))
            printf -v character "$character"
            text=${text:11}
        elif [[ $text =~ ^u([[:xdigit:]]{4}) ]]; then
            printf -v character "\\u${BASH_REMATCH[1]}"
            text=${text:5}
        else
            character=${text:0:1}
            text=${text:1}
            case $character in t) character=$'\t' ;; n) character=$'\n' ;; r) character=$'\r' ;; f) character=$'\f' ;; esac
        fi
        result+=$character
    done
    result+=$text
}

# Reads the properties file into the array of_file, as java.util.Properties does.
declare -A of_file
read_file() { # FILE
    local LC_ALL=C line logical='' blank=$' \t\f' form key result
    form="^(([^\\\\=:$blank]|\\\\.)*)[$blank]*[=:]?[$blank]*(.*)\$"
    of_file=()
    [ -f "$1" ] && [ -r "$1" ] || return 0
    # the last line may lack its end
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line#"${line%%[!$blank]*}"}
        case $logical$line in '' | '#'* | '!'*) [ -n "$logical" ] || continue ;; esac
        logical+=$line
        # an odd number of backslashes continues the line
        if [[ $line =~ (^|[^\\])(\\\\)*\\$ ]]; then
            logical=${logical%\\}
            continue
        fi
        take_line
    done < <(sed 's/\r$//' -- "$1" | tr '\r' '\n')
    [ -z "$logical" ] || take_line
}
take_line() {
    [[ $logical =~ $form ]]
    logical=${BASH_REMATCH[3]}
    unescape "${BASH_REMATCH[1]}"
    key=$result
    unescape "$logical"
    [ -z "$key" ] || of_file[$key]=$result
    logical=''
}

# Prints a setting: of the system properties, the environment, the file, or else its default.
setting() { # NAME DEFAULT
    local LC_ALL=C argument value variable
    variable=hpqr_${1//-/_}
    if [ -n "${!variable+set}" ]; then
        value=${!variable}
    elif variable=${variable^^}; [ -n "${!variable+set}" ]; then
        value=${!variable}
    else
        value=${of_file[hpqr.$1]-}
    fi
    for argument in ${options[@]+"${options[@]}"} ${arguments[@]+"${arguments[@]}"}; do
        case $argument in "-Dhpqr.$1="*) value=${argument#*=} ;; esac
    done
    value=${value#"${value%%[!$'\1'-' ']*}"}
    value=${value%"${value##*[!$'\1'-' ']}"}
    printf '%s' "${value:-$2}"
}

# Prints a password, which a setting gives or names the file of.
secret() { # NAME DEFAULT
    local value line=''
    value=$(setting "$1" "$2")
    case $value in
    @*)
        IFS= read -r line 2>/dev/null <"${value#@}" || true
        printf '%s' "${line%%$'\r'*}"
        ;;
    *) printf '%s' "$value" ;;
    esac
}
