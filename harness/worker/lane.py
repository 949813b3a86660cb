"""The python lane's half that is easier said in Python: reading pair modules and turning their
statements into functions. Embedded in the worker; runs on CPython 3.8 and later.

load(path) -> pair, a dict (see the end of load)
prepare(pair, n, offset, payload, read, ring_size) -> (sources, arms, rows, row_sources) with
    arms = [(name, loop, once, arguments, read)]; rows and row_sources only with a ring_size, which
    tells from the bytes of one source how many make a ring
describe(c_pairs, paths, facts) -> JSON text
"""
import ast
import importlib.util
import json
import linecache
import re
import sys
import types

KINDS = ('Z', 'R', 'K', 'L', 'Q')
GIVEN = ('n', 'offset', 'payload')
TEXTS = ('ID', 'NAME', 'GROUP', 'KIND', 'SETUP', 'COPY', 'VIEW', 'NULL', 'SOURCE', 'SIZES', 'PYTHON',
         'REQUIRES', 'NOTE', 'CONSUME')
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


def check_texts(values, path):
    for name in TEXTS:
        if not isinstance(values.get(name, ''), str):
            raise PairError('%s: %s must be a string' % (path, name))
    views = values.get('VIEWS', {})
    if not isinstance(views, dict) or not all(isinstance(x, str) for kv in views.items() for x in kv):
        raise PairError('%s: VIEWS must be a dict of strings' % path)
    for name in ('NAME', 'KIND', 'COPY'):
        if not values.get(name, '').strip():
            raise PairError('%s: %s is missing; %s' % (path, name, MISSING_ADVICE))
    for name in views:
        if not re.fullmatch('[A-Za-z0-9_.-]{1,50}', name):
            raise PairError('%s: VIEWS has the name %r; allowed are letters, digits, _, . and -, 50 at '
                            'most' % (path, name))
    if not values.get('VIEW', '').strip() and not views:
        raise PairError('%s: VIEW is missing; %s' % (path, MISSING_ADVICE))
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


def parse_version(text):
    return tuple(int(part) for part in text.split('.'))


def unavailable(python, requires):
    """Why a pair can't run here, or ''."""
    if python and sys.version_info < parse_version(python):
        return 'needs Python %s' % python
    for module in filter(None, requires.split(',')):
        try:
            found = importlib.util.find_spec(module.strip())
        except (ImportError, ValueError):
            found = None
        if found is None:
            return 'needs the module %s' % module.strip()
    return ''


def header(path):
    """What a pair file says of itself, and its values; compiles nothing."""
    values, lines = read_module(path)
    check_texts(values, path)
    smallest, largest = parse_sizes(values.get('SIZES', ''), path)
    views = {}
    if values.get('VIEW', '').strip():
        views['view'] = values['VIEW'], lines.get('VIEW', 1)
    for name, code in values.get('VIEWS', {}).items():
        views['view:' + name] = code, lines.get(('VIEWS', name), 1)
    if len(views) > 4:
        raise PairError('%s: %d alternatives; at most 4 are compared' % (path, len(views)))
    requires = values.get('REQUIRES', '').replace(' ', '')
    about = {
        'id': values.get('ID', ''), 'name': values['NAME'], 'group': values.get('GROUP', 'user'),
        'kind': values['KIND'], 'lane': 'python', 'note': ' '.join(values.get('NOTE', '').split()),
        'requires': requires, 'size_min': smallest or 64, 'size_max': largest or 64 << 20,
        'alternatives': list(views), 'file': path,
    }
    about['reason'] = unavailable(values.get('PYTHON', ''), requires)
    about['ok'] = not about['reason']
    return about, values, lines, views


SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp,
          ast.DictComp, ast.GeneratorExp)


def bound_names(node):
    """Names that SETUP binds at its top level: not those of functions and comprehensions inside."""
    names = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(child.name)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            names.add(child.id)
        elif isinstance(child, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).split('.')[0] for alias in child.names)
        if not isinstance(child, SCOPES):
            names |= bound_names(child)
    return names


def parse_at(code, path, line):
    """The statements of `code`, standing at `line` of the user's file."""
    try:
        tree = ast.parse(code, path)
    except SyntaxError as error:
        error.lineno = (error.lineno or 1) + line - 1
        raise
    ast.increment_lineno(tree, line - 1)
    return tree


def function(name, parameters, body):
    """Compiles `def name(parameters): body` and returns its code object."""
    shape = ast.parse('def %s(%s): pass' % (name, ', '.join(parameters)))
    shape.body[0].body = body
    ast.fix_missing_locations(shape)
    return shape


def code_of(module, path):
    code = compile(module, path, 'exec')
    return next(c for c in code.co_consts if isinstance(c, types.CodeType))


def given_back(body, path, line):
    """The statement as a function's body: its value, or `out`, is returned."""
    if isinstance(body[-1], ast.Expr):
        return body[:-1] + [ast.copy_location(ast.Return(body[-1].value), body[-1])]
    return body + ast.parse('return out').body


def handed_over(body, consume):
    """The statement as a loop's body: its result goes to the consumer, if any, and is released."""
    if isinstance(body[-1], ast.Expr):
        if not consume:
            return body
        out = ast.Assign([ast.Name('out', ast.Store())], body[-1].value)
        body = body[:-1] + [ast.copy_location(out, body[-1])]
    return body + consume + ast.parse('del out').body


def names_in(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def compile_arm(name, statement, pair, rows=None, reads=False):
    """(name, parameters, loop code, once code) of one statement, a (code, line). With `rows`, names
    that change from source to source, these are taken from the loop's iterator; with `reads` the
    consumer stands behind the statement."""
    code, line = statement
    path = pair['path']
    tree = parse_at(code, path, line)
    if not tree.body:
        raise PairError('%s: the statement of %s is empty' % (path, name))
    consume = parse_at(pair['consume'][0] or 'zcb_read(out)', path, pair['consume'][1]).body if reads \
        else []
    known = set(pair['bound']) | set(GIVEN)
    parameters = sorted((names_in(tree) | names_in(ast.Module(consume, []))) & known)
    plain = name.replace(':', '_').replace('-', '_').replace('.', '_')
    loop = ast.parse('for %s in _it: pass' % ('_i' if rows is None else '(%s,)' % ', '.join(rows)))
    loop.body[0].body = handed_over(tree.body, consume)
    once = given_back(parse_at(code, path, line).body, path, line)
    outside = parameters if rows is None else []
    return (name, parameters,
            code_of(function(plain, ['_it', 'zcb_read'] + outside, loop.body), path),
            code_of(function(plain, parameters, once), path))


def import_names(tree):
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def preload(tree):
    """Imports what SETUP will import, so that no child pays for it; failures surface in SETUP."""
    for module in import_names(tree):
        try:
            importlib.import_module(module)
        except Exception:
            pass


def load(path):
    about, values, lines, views = header(path)
    if not about['ok']:
        raise PairError('%s: %s' % (about['name'], about['reason']))
    setup = values.get('SETUP', '')
    tree = parse_at(setup, path, lines.get('SETUP', 1))
    preload(tree)
    bound = bound_names(tree)
    statements = {'copy': (values['COPY'], lines.get('COPY', 1))}
    statements.update(views)
    pair = {'about': about, 'setup': compile(tree, path, 'exec'), 'bound': sorted(bound),
            'statements': statements, 'source': values.get('SOURCE', '').strip(), 'path': path,
            'null': (values.get('NULL', ''), lines.get('NULL', 1)),
            'consume': (values.get('CONSUME', ''), lines.get('CONSUME', 1))}
    pair['arms'] = [compile_arm(name, statements[name], pair) for name in statements]
    pair['source_tree'] = ast.parse(pair['source'], path, 'eval') if pair['source'] else None
    pair['null_arms'] = {}
    if pair['source'] or pair['null'][0]:
        null_arm(pair, first_source(pair))
    return pair


def first_source(pair):
    """Expression of the first object that SOURCE names; '' without one."""
    tree = pair['source_tree']
    if tree is None or not isinstance(tree.body, ast.Tuple):
        return pair['source']
    return ast.get_source_segment(pair['source'], tree.body.elts[0])


def null_arm(pair, expression):
    """The null arm for one source, compiled once."""
    if expression not in pair['null_arms']:
        code, line = pair['null']
        pair['null_arms'][expression] = compile_arm('null', (code or expression, line), pair)
    return pair['null_arms'][expression]


def exports(value):
    try:
        memoryview(value).release()
    except (TypeError, BufferError, ValueError):
        return False
    return True


def find_sources(pair, space):
    """(expression of the first source, tuple of all sources)."""
    if pair['source']:
        value = eval(pair['source'], space)
        return first_source(pair), value if isinstance(pair['source_tree'].body, ast.Tuple) else (value,)
    names = [name for name in pair['bound'] if name in space and exports(space[name])]
    if not names:
        raise PairError('%s: SETUP binds no object with a buffer; name the source in SOURCE'
                        % pair['about']['name'])
    return names[0], tuple(space[name] for name in names)


def set_up(pair, n, offset, payload):
    """Runs SETUP: the names it knows and binds."""
    space = {'__name__': 'pair', '__builtins__': __builtins__, 'n': n, 'offset': offset,
             'payload': payload}
    exec(pair['setup'], space)
    return space


def held_bytes(sources, n):
    """Bytes that one set of sources takes, at least n."""
    return max([n] + [memoryview(source).nbytes for source in sources if exports(source)])


def prepare(pair, n, offset, payload, read, ring_size):
    space = set_up(pair, n, offset, payload)
    expression, sources = find_sources(pair, space)
    code, line = pair['null']
    null = code or expression, line
    ring = ring_size(held_bytes(sources, n)) if ring_size else 0
    spaces = [space] + [set_up(pair, n, offset, payload) for _ in range(ring - 1)]
    names = None
    if ring:
        statements = [null] + list(pair['statements'].values()) + [pair['consume']]
        used = set().union(*(names_in(ast.parse(code)) for code, _ in statements))
        names = sorted(used & set(pair['bound']))
        names = names or [name for name in pair['bound']][:1]
    if ring or read:
        arms = [compile_arm(name, statement, pair, names, bool(read))
                for name, statement in pair['statements'].items()]
    else:
        arms = pair['arms']
    arms = arms + [compile_arm('null', null, pair, names) if ring else null_arm(pair, expression)]
    made = []
    for name, parameters, loop, once in arms:
        made.append((name, types.FunctionType(loop, space), types.FunctionType(once, space),
                     tuple(space[parameter] for parameter in parameters), read))
    rows = [tuple(one[name] for name in names) for one in spaces] if ring else None
    row_sources = [find_sources(pair, one)[1] for one in spaces] if ring else None
    return sources, made, rows, row_sources


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


def describe(c_pairs, paths, facts):
    pairs, errors = [], []
    for about in c_pairs:
        about['reason'] = unavailable('', about['requires'])
        about['ok'] = not about['reason']
        pairs.append(about)
    for path in paths:
        try:
            about = header(path)[0]
            if about['ok']:
                load(path)
            pairs.append(about)
        except Exception as error:
            errors.append({'file': path, 'error': one_line(error)})
    return json.dumps({'schema': 1, 'interpreter': facts, 'pairs': pairs, 'errors': errors})
