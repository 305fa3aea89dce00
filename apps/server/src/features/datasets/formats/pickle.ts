/** A value that a pickle may build here. Bytes are Python 2 strings; a dict's keys are its strings read as Latin-1. */
export type PickleValue =
  | null
  | boolean
  | number
  | Uint8Array
  | PickleValue[]
  | { kind: 'tuple'; items: PickleValue[] }
  | { kind: 'dict'; entries: Map<string, PickleValue> }
  | { kind: 'global'; name: string }
  | { kind: 'object'; type: string; args: PickleValue[]; state: PickleValue }

export class PickleError extends Error {}

/** Names that may stand in a pickle, as CIFAR-10's need them. Nothing is ever called: they become plain data. */
const allowedGlobals: ReadonlySet<string> = new Set([
  'numpy.core.multiarray _reconstruct',
  'numpy ndarray',
  'numpy dtype',
])
const mark = Symbol('mark')
type StackItem = PickleValue | typeof mark

/**
 * Reads a pickle of protocol 2 as data, without executing anything: a machine for the few opcodes that Python 2's cPickle
 * writes for dicts, lists, tuples, whole numbers, byte strings and numpy arrays (numbers and names as in CPython's `pickletools`).
 * Throws PickleError for every other opcode, for a name that is not allowed, and for a pickle that is cut off.
 */
export function readPickle(bytes: Uint8Array): PickleValue {
  const machine = new PickleMachine(bytes)
  return machine.run()
}

class PickleMachine {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #stack: StackItem[] = []
  readonly #memo = new Map<number, PickleValue>()
  #at = 0
  readonly #actions: ReadonlyMap<number, () => void> = new Map([
    // MARK
    [0x28, () => this.#mark()],
    // NONE
    [0x4e, () => this.#push(null)],
    // NEWTRUE
    [0x88, () => this.#push(true)],
    // NEWFALSE
    [0x89, () => this.#push(false)],
    // BININT1
    [0x4b, () => this.#push(this.#byte())],
    // BININT2
    [0x4d, () => this.#push(this.#view.getUint16(this.#skip(2), true))],
    // BININT
    [0x4a, () => this.#push(this.#view.getInt32(this.#skip(4), true))],
    // SHORT_BINSTRING
    [0x55, () => this.#push(this.#take(this.#byte()))],
    // BINSTRING
    [0x54, () => this.#push(this.#take(this.#view.getInt32(this.#skip(4), true)))],
    // EMPTY_LIST
    [0x5d, () => this.#push([])],
    // EMPTY_DICT
    [0x7d, () => this.#push({ kind: 'dict', entries: new Map() })],
    // APPEND
    [0x61, () => this.#append([this.#pop()])],
    // APPENDS
    [0x65, () => this.#append(this.#popToMark())],
    // SETITEM
    [0x73, () => this.#setItems([this.#pop(), this.#pop()].reverse())],
    // SETITEMS
    [0x75, () => this.#setItems(this.#popToMark())],
    // TUPLE
    [0x74, () => this.#push({ kind: 'tuple', items: this.#popToMark() })],
    // TUPLE1
    [0x85, () => this.#push({ kind: 'tuple', items: this.#popSeveral(1) })],
    // TUPLE2
    [0x86, () => this.#push({ kind: 'tuple', items: this.#popSeveral(2) })],
    // TUPLE3
    [0x87, () => this.#push({ kind: 'tuple', items: this.#popSeveral(3) })],
    // BINPUT
    [0x71, () => this.#memorise(this.#byte())],
    // LONG_BINPUT
    [0x72, () => this.#memorise(this.#view.getUint32(this.#skip(4), true))],
    // BINGET
    [0x68, () => this.#recall(this.#byte())],
    // LONG_BINGET
    [0x6a, () => this.#recall(this.#view.getUint32(this.#skip(4), true))],
    // GLOBAL
    [0x63, () => this.#global()],
    // REDUCE
    [0x52, () => this.#reduce()],
    // BUILD
    [0x62, () => this.#build()],
  ])

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  run(): PickleValue {
    if (this.#byte() !== 0x80 || this.#byte() !== 2) throw new PickleError('not a pickle of protocol 2')
    for (;;) {
      const opcode = this.#byte()
      if (opcode === 0x2e) return this.#pop() // STOP
      this.#step(opcode)
    }
  }

  #step(opcode: number): void {
    const action = this.#actions.get(opcode)
    if (action === undefined) throw new PickleError(`opcode 0x${opcode.toString(16)} is not read`)
    action()
  }

  #mark(): void {
    this.#stack.push(mark)
  }

  #memorise(index: number): void {
    this.#memo.set(index, this.#top())
  }

  #append(items: PickleValue[]): void {
    const list = this.#top()
    if (!Array.isArray(list)) throw new PickleError('only a list can be appended to')
    // No spread: thousands of items would overflow the call stack.
    for (const item of items) list.push(item)
  }

  #setItems(items: PickleValue[]): void {
    const dict = this.#top()
    if (!isKind(dict, 'dict')) {
      throw new PickleError('only a dict has items')
    }
    for (let index = 0; index < items.length; index += 2) {
      const [key, value] = [items[index], items[index + 1]]
      if (!(key instanceof Uint8Array) || value === undefined)
        throw new PickleError('a dict needs string keys')
      dict.entries.set(Buffer.from(key).toString('latin1'), value)
    }
  }

  #global(): void {
    const name = `${this.#line()} ${this.#line()}`
    if (!allowedGlobals.has(name)) throw new PickleError(`the name ${JSON.stringify(name)} is not allowed`)
    this.#push({ kind: 'global', name })
  }

  #reduce(): void {
    const [callable, args] = this.#popSeveral(2)
    if (!isKind(callable, 'global') || !isKind(args, 'tuple'))
      throw new PickleError('no allowed name to apply')
    this.#push({ kind: 'object', type: callable.name, args: args.items, state: null })
  }

  #build(): void {
    const state = this.#pop()
    const object = this.#top()
    if (!isKind(object, 'object')) throw new PickleError('only an object has a state')
    object.state = state
  }

  #recall(index: number): void {
    const value = this.#memo.get(index)
    if (value === undefined) throw new PickleError(`nothing was memorised as ${index}`)
    this.#push(value)
  }

  #push(value: PickleValue): void {
    this.#stack.push(value)
  }

  #pop(): PickleValue {
    const value = this.#stack.pop()
    if (value === undefined || value === mark) throw new PickleError('the stack is empty')
    return value
  }

  #popSeveral(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).reverse()
  }

  #popToMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(mark)
    if (start < 0) throw new PickleError('there is no mark')
    return this.#stack.splice(start).filter((item) => item !== mark)
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1)
    if (value === undefined || value === mark) throw new PickleError('the stack is empty')
    return value
  }

  #byte(): number {
    return this.#view.getUint8(this.#skip(1))
  }

  #take(length: number): Uint8Array {
    const start = this.#skip(length)
    return this.#bytes.subarray(start, start + length)
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at)
    if (end < 0) throw new PickleError('the pickle is cut off')
    const line = this.#take(end - this.#at)
    this.#at = end + 1
    return Buffer.from(line).toString('latin1')
  }

  /** Moves on by `length` bytes and returns where they begin. */
  #skip(length: number): number {
    const start = this.#at
    if (length < 0 || start + length > this.#bytes.length) throw new PickleError('the pickle is cut off')
    this.#at += length
    return start
  }
}

/** Narrows a value to one of the named kinds. */
export function isKind<K extends 'tuple' | 'dict' | 'global' | 'object'>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<PickleValue, { kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}
