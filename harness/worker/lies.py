"""Asks this interpreter what becomes of the statements of bench/lies.py. Embedded in the worker; runs
on CPython 3.8 and later.

look(path, tools) -> JSON text; tools: payload, the C calls that statements may use, and
    low_and_high(object)  lowest and one past the highest address of its buffer
    blocks(function)      blocks one call makes, its result included
"""
import json

KEPT = []  # results stay alive, so that no address is used twice


def find(statement, source, again, space, tools):
    """What becomes of one statement, in the words of the list."""
    code = compile(statement, 'lies.py', 'eval')
    result = eval(code, space)
    KEPT.append(result)
    if result is source or (again and result is eval(code, space)):
        return 'same object'
    low, high = tools['low_and_high'](source)
    first, last = tools['low_and_high'](result)
    if first < high and low < last:
        view = compile('lambda: %s' % statement, 'lies.py', 'eval')
        plain = memoryview(bytes(range(1, 200)))
        blocks, least = tools['blocks'](eval(view, space)), tools['blocks'](lambda: memoryview(plain.obj))
        return 'not free' if blocks > least else 'view'
    return 'real copy'


def run(code, space):
    """Why it can't be had here, or ''."""
    try:
        exec(code, space)
    except ImportError as error:
        return str(error)
    return ''


def look(path, tools):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    module = {'__name__': 'lies'}
    exec(compile(text, path, 'exec'), module)
    space = dict(tools, __name__='lies')
    exec(module['SETUP'], space)
    missing = {'numpy': run(module['NUMPY'], space)}
    rows = []
    for name, (claim, statement, note) in module['LIES'].items():
        row = {'lie': name, 'statement': statement, 'claim': claim, 'found': '', 'note': note}
        rows.append(row)
        need = module['NEEDS'].get(name, '')
        if missing.get(need):
            row['note'] = 'needs %s: %s' % (need, missing[need])
            continue
        source = space[module['SOURCES'].get(name, 'b')]
        try:
            found = find(statement, source, name in module['AGAIN'], space, tools)
        except Exception as error:
            found, row['note'] = 'exception', '%s: %s' % (type(error).__name__, error)
        row['found'] = 'hidden copy' if found == 'real copy' and claim == 'hidden copy' else found
    while KEPT:
        result = KEPT.pop()
        if isinstance(result, memoryview):
            result.release()  # a BytesIO complains when its buffer outlives it
    return json.dumps({'schema': 1, 'lies': rows})
