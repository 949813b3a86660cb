"""The python lane's half that is easier said in Python: turning the statements of pair files into
functions. Embedded in the worker, behind pair_file.py in one namespace; runs on CPython 3.8 and later.

load(path) -> pair, a dict (see the end of load)
prepare(pair, n, offset, payload, read, ring_size) -> a dict:
    sources  the objects views may share memory with
    arms     [(name, loop, once, loop's arguments, once's arguments, read, take)]
    rows, row_sources   only with a ring_size, which tells from the bytes of one source how many make a
             ring: what each of them binds, and its sources
    fill     only where FRESH stands: fill(count) -> rows of count new sources for the loop; one()
             -> (space, sources) of one new source, from which take(space) makes once's arguments
describe(c_pairs, paths, facts) -> JSON text
"""
import ast
import importlib
import json
import types

GIVEN = ('n', 'offset', 'payload')
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
    """(name, loop's parameters, once's parameters, loop code, once code) of one statement, a (code,
    line). With `rows`, names that change from source to source, these are taken from the loop's
    iterator; with `reads` the consumer stands behind the statement."""
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
    outside = [parameter for parameter in parameters if parameter not in (rows or ())]
    return (name, outside, parameters,
            code_of(function(plain, ['_it', 'zcb_read'] + outside, loop.body), path),
            code_of(function(plain, parameters, once), path))


def compile_fresh(pair, code, line):
    """Adds what FRESH needs: the names it binds, its code, and a loop that appends rows of them."""
    tree = parse_at(code, pair['path'], line)
    names = sorted(bound_names(tree))
    if not names:
        raise PairError('%s: FRESH binds no name' % pair['path'])
    outside = sorted(names_in(tree) & (set(pair['bound']) | set(GIVEN)) - set(names))
    loop = ast.parse('for _i in _it: pass\nreturn _rows')
    loop.body[0].body = parse_at(code, pair['path'], line).body + \
        ast.parse('_rows.append((%s,))' % ', '.join(names)).body
    pair['fresh'] = {'names': names, 'outside': outside, 'code': compile(tree, pair['path'], 'exec'),
                     'loop': code_of(function('fresh', ['_it', '_rows'] + outside, loop.body), pair['path'])}
    pair['bound'] = sorted(set(pair['bound']) | set(names))


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
    pair = {'about': about, 'setup': compile(tree, path, 'exec'), 'bound': sorted(bound), 'fresh': None,
            'statements': statements, 'source': values.get('SOURCE', '').strip(), 'path': path,
            'null': (values.get('NULL', ''), lines.get('NULL', 1)),
            'consume': (values.get('CONSUME', ''), lines.get('CONSUME', 1))}
    if values.get('FRESH', '').strip():
        compile_fresh(pair, values['FRESH'], lines['FRESH'])
    pair['arms'] = [compile_arm(name, statements[name], pair, fresh_names(pair)) for name in statements]
    pair['source_tree'] = ast.parse(pair['source'], path, 'eval') if pair['source'] else None
    pair['null_arms'] = {}
    if pair['source'] or pair['null'][0]:
        null_arm(pair, first_source(pair))
    return pair


def fresh_names(pair):
    """Names that a new source binds, for the rows of the loop; None where sources stay."""
    return pair['fresh'] and pair['fresh']['names']


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
        pair['null_arms'][expression] = compile_arm('null', (code or expression, line), pair,
                                                    fresh_names(pair))
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
    if pair['fresh']:
        exec(pair['fresh']['code'], space)
    return space


def held_bytes(sources, n):
    """Bytes that one set of sources takes, at least n."""
    return max([n] + [memoryview(source).nbytes for source in sources if exports(source)])


def ring_names(pair, null):
    """Names that change from source to source of a ring: those of SETUP that statements use."""
    statements = [null] + list(pair['statements'].values()) + [pair['consume']]
    used = set().union(*(names_in(ast.parse(code)) for code, _ in statements))
    return sorted(used & set(pair['bound'])) or pair['bound'][:1]


def pool_of(pair, space):
    """(fill, one): what makes new sources, see prepare."""
    fresh = pair['fresh']
    loop = types.FunctionType(fresh['loop'], space)
    given = tuple(space[name] for name in fresh['outside'])

    def one():
        row = dict(space)
        exec(fresh['code'], row)
        return row, find_sources(pair, row)[1]
    return lambda count: loop(range(count), [], *given), one


def bind(arm, space, read, takes):
    """A compiled arm with its functions and arguments, as prepare gives it."""
    name, outside, parameters, loop, once = arm
    take = (lambda row: tuple(row[parameter] for parameter in parameters)) if takes else None
    return (name, types.FunctionType(loop, space), types.FunctionType(once, space),
            tuple(space[parameter] for parameter in outside),
            tuple(space[parameter] for parameter in parameters), read, take)


def prepare(pair, n, offset, payload, read, ring_size):
    space = set_up(pair, n, offset, payload)
    expression, sources = find_sources(pair, space)
    null = pair['null'][0] or expression, pair['null'][1]
    if ring_size and pair['fresh']:
        raise PairError('%s: %s' % (pair['about']['name'], pair['about']['hot_only']))
    ring = ring_size(held_bytes(sources, n)) if ring_size else 0
    names = ring_names(pair, null) if ring else fresh_names(pair)
    arms = pair['arms']
    if ring or read:
        arms = [compile_arm(name, statement, pair, names, bool(read))
                for name, statement in pair['statements'].items()]
    arms = arms + [compile_arm('null', null, pair, names) if ring else null_arm(pair, expression)]
    made = {'sources': sources, 'arms': [bind(arm, space, read, bool(pair['fresh'])) for arm in arms]}
    if pair['fresh']:
        made['fill'], made['one'] = pool_of(pair, space)
    if ring:
        spaces = [space] + [set_up(pair, n, offset, payload) for _ in range(ring - 1)]
        made['rows'] = [tuple(one[name] for name in names) for one in spaces]
        made['row_sources'] = [find_sources(pair, one)[1] for one in spaces]
    return made


def describe(c_pairs, paths, facts):
    pairs, errors = [], []
    for about in c_pairs:
        reason, about['requires'] = unavailable(about.pop('python'), about['requires'], about['file'])
        about['reason'] = reason or about['reason']
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
    facts['numpy'] = '' if lacks('numpy', (), '') else version_of('numpy')
    return json.dumps({'schema': 1, 'interpreter': facts, 'pairs': pairs, 'errors': errors})
