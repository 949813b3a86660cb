"""Reading a pair file: what it says of itself, whether it can be used here, and which line an error
points at. Embedded in the worker before lane.py, into the same namespace; runs on CPython 3.8 and
later. A file is a module of plain strings; this reads it and compiles nothing.
"""
import ast
import importlib
import importlib.util
import linecache
import os
import re
import sys

KINDS = ('Z', 'R', 'K', 'L', 'Q')
TEXTS = ('ID', 'NAME', 'GROUP', 'KIND', 'SETUP', 'COPY', 'VIEW', 'NULL', 'SOURCE', 'SIZES', 'PYTHON',
         'REQUIRES', 'NOTE', 'CONSUME', 'FRESH', 'HOT_ONLY', 'DROP_ONLY')
MISSING_ADVICE = 'a pair needs NAME, KIND, SETUP, COPY and VIEW (or VIEWS)'


class PairError(Exception):
    """A pair file that can't be used; the text is one clear sentence."""


def read_module(path):
    """The module's globals; any exception of the user's code passes through."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    values = {'__name__': 'pair', '__file__': path}
    exec(compile(text, path, 'exec'), values)
    return values, line_numbers(text, path)


def line_numbers(text, path):
    """Line of the first character of each string assigned at top level, by name."""
    lines = {}
    for node in ast.parse(text, path).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.Dict):
                for key, value in zip(node.value.keys, node.value.values):
                    if isinstance(key, ast.Constant):
                        lines['VIEWS', key.value] = value.lineno
            lines[node.targets[0].id] = node.value.lineno
    return lines


def check_dicts(values, path):
    """VIEWS and SINCE, the two that are no plain strings."""
    views, since = values.get('VIEWS', {}), values.get('SINCE', {})
    for what, given in ('VIEWS', views), ('SINCE', since):
        if not isinstance(given, dict) or not all(isinstance(x, str) for kv in given.items() for x in kv):
            raise PairError('%s: %s must be a dict of strings' % (path, what))
    for name in views:
        if not re.fullmatch('[A-Za-z0-9_.-]{1,50}', name):
            raise PairError('%s: VIEWS has the name %r; allowed are letters, digits, _, . and -, 50 at '
                            'most' % (path, name))
    for name, version in since.items():
        if name not in views:
            raise PairError('%s: SINCE names %r, which VIEWS does not have' % (path, name))
        parse_version(version, 'SINCE', path)
    if not values.get('VIEW', '').strip() and not views:
        raise PairError('%s: VIEW is missing; %s' % (path, MISSING_ADVICE))


def check_texts(values, path):
    for name in TEXTS:
        if not isinstance(values.get(name, ''), str):
            raise PairError('%s: %s must be a string' % (path, name))
    for name in ('NAME', 'KIND', 'COPY'):
        if not values.get(name, '').strip():
            raise PairError('%s: %s is missing; %s' % (path, name, MISSING_ADVICE))
    check_dicts(values, path)
    if values['KIND'] not in KINDS:
        raise PairError('%s: KIND is %r; allowed are %s' % (path, values['KIND'], ' '.join(KINDS)))
    name = values['NAME']
    if len(name) > 63 or not name.replace('_', 'a').isalnum() or not name.isascii():
        raise PairError('%s: NAME is %r; allowed are letters, digits and _, 63 at most' % (path, name))


def parse_size(text):
    units = {'': 1, 'K': 1 << 10, 'M': 1 << 20, 'G': 1 << 30}
    word = text.strip().upper().replace('IB', '').replace('B', '')
    digits = word.rstrip('KMG')
    unit = word[len(digits):]
    if not digits.isdigit() or unit not in units or not int(digits):
        raise ValueError(text)
    return int(digits) * units[unit]


def parse_sizes(text, path):
    """(smallest, largest) of '64..1M' or of a list; (0, 0) where nothing is said."""
    if not text:
        return 0, 0
    try:
        ends = [parse_size(part) for part in text.replace('..', ',').split(',')]
    except ValueError as error:
        raise PairError('%s: SIZES holds %r, which is no size' % (path, str(error)))
    if min(ends) != ends[0] or max(ends) != ends[-1]:
        raise PairError('%s: SIZES %r must rise' % (path, text))
    return ends[0], ends[-1]


def parse_version(text, what, path):
    """'3.12' as (3, 12)."""
    if not re.fullmatch(r'\d+(\.\d+)*', text):
        raise PairError('%s: %s is %r, which is no version such as 3.12' % (path, what, text))
    return tuple(int(part) for part in text.split('.'))


def parse_requires(text, path):
    """[(module, version, its text)] of 'numpy >= 1.20, pyarrow'; version () where any will do."""
    needs = []
    for part in filter(None, (word.strip() for word in text.split(','))):
        found = re.fullmatch(r'([A-Za-z_]\w*)\s*(?:>=\s*(\S+))?', part)
        if not found:
            raise PairError('%s: REQUIRES holds %r; it lists modules, with a version as numpy >= 1.20'
                            % (path, part))
        version = found.group(2) or ''
        needs.append((found.group(1), parse_version(version, 'REQUIRES', path) if version else (), version))
    return needs


def version_of(module):
    """The installed version of a module as its text: of the one that is imported, else of the
    distribution of its name that lies beside it (another one's may lie further back on the path),
    else of the module, which is imported for it."""
    spec = None if module in sys.modules else importlib.util.find_spec(module)
    if spec is not None and spec.submodule_search_locations:
        metadata = importlib.import_module('importlib.metadata')  # dear: only where it is needed
        beside = [os.path.dirname(list(spec.submodule_search_locations)[0])]
        for found in metadata.distributions(name=module, path=beside):
            return found.version
    return str(getattr(importlib.import_module(module), '__version__', ''))


def lacks(module, version, version_text):
    """What of one requirement is not there, or ''."""
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        found = None
    if found is None:
        return 'needs the module %s' % module + (' %s' % version_text if version else '')
    here = version_of(module) if version else ''
    if version and tuple(int(part) for part in re.findall(r'\d+', here)[:len(version)]) < version:
        return 'needs %s %s, here is %s' % (module, version_text, here or 'one without a version')
    return ''


def needs_python(python, path):
    """Why this interpreter is too old, or ''."""
    if python and sys.version_info < parse_version(python, 'PYTHON', path):
        return 'needs Python %s' % python
    return ''


def unavailable(python, requires, path):
    """Why a pair can't run here, or ''; and the names of the modules it needs, parted by commas."""
    needs = parse_requires(requires, path)
    reasons = [needs_python(python, path)] + [lacks(*need) for need in needs]
    return next(filter(None, reasons), ''), ','.join(need[0] for need in needs)


def views_of(values, lines, path):
    """The alternatives, {name: (code, line)}, and of those too new for this interpreter {name: why}."""
    views = {}
    if values.get('VIEW', '').strip():
        views['view'] = values['VIEW'], lines.get('VIEW', 1)
    for name, code in values.get('VIEWS', {}).items():
        views['view:' + name] = code, lines.get(('VIEWS', name), 1)
    if len(views) > 4:
        raise PairError('%s: %d alternatives; at most 4 are compared' % (path, len(views)))
    missing = {'view:' + name: needs_python(python, path) for name, python in values.get('SINCE', {}).items()}
    return views, {name: why for name, why in missing.items() if why}


def header(path):
    """What a pair file says of itself, its values, its lines, and the alternatives that run here."""
    values, lines = read_module(path)
    check_texts(values, path)
    smallest, largest = parse_sizes(values.get('SIZES', ''), path)
    views, missing = views_of(values, lines, path)
    reason, requires = unavailable(values.get('PYTHON', ''), values.get('REQUIRES', ''), path)
    if not reason and len(missing) == len(views):
        reason = min(missing.values())
    about = {
        'id': values.get('ID', ''), 'name': values['NAME'], 'group': values.get('GROUP', 'user'),
        'kind': values['KIND'], 'lane': 'python', 'note': ' '.join(values.get('NOTE', '').split()),
        'requires': requires, 'size_min': smallest or 64, 'size_max': largest or 64 << 20,
        'alternatives': list(views), 'missing': missing, 'file': path, 'reason': reason, 'ok': not reason,
        'hot_only': ' '.join(values.get('HOT_ONLY', '').split()),
        'drop_only': ' '.join(values.get('DROP_ONLY', '').split()),
    }
    if values.get('FRESH', '').strip() and not about['hot_only']:
        about['hot_only'] = 'its sources are made anew for every visit'
    return about, values, lines, {name: view for name, view in views.items() if name not in missing}


def one_line(error):
    """An exception as one line that points at the user's line."""
    if isinstance(error, PairError):
        return str(error)
    where = ''
    if isinstance(error, SyntaxError):
        where = ' (%s, line %s)' % (error.filename, error.lineno)
        return '%s: %s%s' % (type(error).__name__, error.msg, where)
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename in linecache.cache:
            where = ' (%s, line %d: %s)' % (
                code.co_filename, traceback.tb_lineno,
                linecache.getline(code.co_filename, traceback.tb_lineno).strip())
        traceback = traceback.tb_next
    text = ' '.join(str(error).split())
    return '%s%s%s' % (type(error).__name__, ': ' + text if text else '', where)
