import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readImageFolders } from './image-folders.ts'
import { testFile } from './test-files.ts'
import { plainPng } from './test-images.ts'

const secret = 'a secret'
type Files = Record<string, Uint8Array>
const zipFile = (name: string, files: Files) => testFile(name, zipSync(files))
const text = (value: string) => new TextEncoder().encode(value)

/** `count` images of each of two classes, each of a colour of its own: cats are red, dogs green. */
function catsAndDogs(count: number, root = ''): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`${root}dogs/${index}.png`, plainPng([0, index + 1, 0])],
      [`${root}cats/${index}.png`, plainPng([index + 1, 0, 0])],
    ]).flat(),
  )
}

const read = async (hidden: Files, train: Files | null = null, hiddenPercent?: number) =>
  readImageFolders(
    {
      hidden: [await zipFile('test.zip', hidden)],
      train: train === null ? [] : [await zipFile('train.zip', train)],
      imageSize: 4,
      hiddenPercent,
    },
    secret,
  )
/** The first pixel of each image with its class: `0:5,0,0`. */
const shown = ({ images, labels }: { images: Uint8Array; labels: Uint8Array }) =>
  Array.from(labels, (label, index) => `${label}:${images.subarray(index * 48, index * 48 + 3).join()}`)
const refusal = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) })

describe('a zip of class folders', () => {
  it('gives images with the classes of their folders, sorted by name, wherever the folders lie', async () => {
    const content = await read(catsAndDogs(3, 'caltech/101/'))
    expect(content).toMatchObject({ imageShape: [4, 4, 3], classNames: ['cats', 'dogs'], train: null })
    expect(shown(content.hidden).sort()).toEqual([
      '0:1,0,0',
      '0:2,0,0',
      '0:3,0,0',
      '1:0,1,0',
      '1:0,2,0',
      '1:0,3,0',
    ])
    expect(content.notes).toEqual([{ kind: 'IMAGES_RESIZED', size: 4 }])
  })

  it('does not leave the images of a class together, and orders them the same each time', async () => {
    const [once, again] = [await read(catsAndDogs(40)), await read(catsAndDogs(40))]
    const changes = once.hidden.labels.filter(
      (label, index) => label !== once.hidden.labels[index - 1],
    ).length
    expect(changes).toBeGreaterThan(20)
    expect(again.hidden).toEqual(once.hidden)
  })

  it('leaves out and counts what is no JPEG or PNG, and forgets what file managers add', async () => {
    const content = await read({
      ...catsAndDogs(2),
      'README.txt': text('about'),
      'cats/list.csv': text('a,b'),
      '__MACOSX/cats/._0.png': text('shadow'),
      'cats/.DS_Store': text('shadow'),
      'dogs/Thumbs.db': text('shadow'),
    })
    expect(content.hidden.labels).toHaveLength(4)
    expect(content.notes).toContainEqual({ kind: 'FILES_SKIPPED', count: 2 })
  })

  it('reads names as Windows writes them in Japan, and as macOS does', async () => {
    // 犬 in Shift_JIS, with backslashes; が in two code points.
    const zip = zipSync({ 'XX\\1.png': plainPng([1, 1, 1]), 'が/1.png': plainPng([2, 2, 2]) })
    const bytes = Buffer.from(zip)
    for (let at = bytes.indexOf('XX'); at >= 0; at = bytes.indexOf('XX', at + 2)) bytes.set([0x8c, 0xa2], at)
    const source = { hidden: [await testFile('a.zip', bytes)], train: [], imageSize: 4 }
    expect((await readImageFolders(source, secret)).classNames).toEqual(['が', '犬'])
  })

  it('takes training images from a zip of their own', async () => {
    const { hidden, train } = await read(catsAndDogs(2), { 'dogs/9.png': plainPng([0, 99, 0]) })
    expect(hidden.labels).toHaveLength(4)
    expect(train && shown(train)).toEqual(['1:0,99,0'])
  })

  it.each<[string, Files, Files | null, string, object]>([
    ['images without folders', { 'a.png': plainPng([1, 1, 1]) }, null, 'DATASET_FOLDERS_INVALID', {}],
    ['a single class', { 'a/1.png': plainPng([1, 1, 1]) }, null, 'DATASET_FOLDERS_INVALID', {}],
    [
      'test and training folders in one',
      { ...catsAndDogs(2, 'test/'), ...catsAndDogs(2, 'train/') },
      null,
      'DATASET_FOLDERS_INVALID',
      {},
    ],
    ['no images at all', { 'cats/a.txt': text('a') }, null, 'DATASET_FOLDERS_INVALID', {}],
    [
      'training classes that are not there',
      catsAndDogs(2),
      { 'cat/1.png': plainPng([9, 9, 9]) },
      'DATASET_CLASSES_DIFFER',
      { names: 'cat' },
    ],
    [
      'a damaged image',
      { ...catsAndDogs(2), 'cats/b.png': plainPng([1, 1, 1]).subarray(0, 50) },
      null,
      'DATASET_IMAGE_INVALID',
      { file: 'cats/b.png' },
    ],
    [
      'a bomb',
      { ...catsAndDogs(2), 'cats/b.png': new Uint8Array(30_000_000) },
      null,
      'DATASET_ARCHIVE_INVALID',
      { reason: 'ratio' },
    ],
  ])('refuses %s', async (_, hidden, train, code, params) => {
    await expect(read(hidden, train)).rejects.toEqual(refusal(code, params))
  })

  it('refuses what is no zip, and more pixels than the limit', async () => {
    const broken = { hidden: [await testFile('a.zip', text('PK no'))], train: [], imageSize: 4 }
    await expect(readImageFolders(broken, secret)).rejects.toEqual(refusal('DATASET_ARCHIVE_INVALID'))
    const large = { hidden: [await zipFile('a.zip', catsAndDogs(1))], train: [], imageSize: 20_000 }
    await expect(readImageFolders(large, secret)).rejects.toEqual(refusal('DATASET_TOO_LARGE'))
  })
})

describe('a single zip with a hidden share', () => {
  it('is drawn by class, and hides the same images at another size and among more images', async () => {
    const content = await read(catsAndDogs(10), null, 30)
    const hidden = shown(content.hidden)
    expect([...content.hidden.labels].sort()).toEqual([0, 0, 0, 1, 1, 1])
    expect(content.train?.labels).toHaveLength(14)
    expect([...hidden, ...(content.train ? shown(content.train) : [])].sort()).toEqual(
      shown((await read(catsAndDogs(10))).hidden).sort(),
    )
    expect(content.notes).toContainEqual({ kind: 'HIDDEN_DRAWN', hiddenPercent: 30 })
    // A third more of each class: one more is hidden, and none of those that were is shown.
    const more = await read(catsAndDogs(10, 'other/'), null, 40)
    expect(shown(more.hidden)).toEqual(expect.arrayContaining(hidden))
  })

  it('hides two of a small class at least, so that both parts of the split get one', async () => {
    const { hidden } = await read(catsAndDogs(4), null, 1)
    expect([...hidden.labels].sort()).toEqual([0, 0, 1, 1])
  })

  it('leaves images out of training that equal a hidden one, and says so', async () => {
    const copies = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`cats/${index}.png`, plainPng([7, 7, 7])]),
    )
    const { hidden, train, notes } = await read({ ...catsAndDogs(10), ...copies }, null, 20)
    expect(shown(hidden).filter((image) => image === '0:7,7,7')).toHaveLength(2)
    expect(train?.labels).toHaveLength(8)
    expect(notes).toContainEqual({ kind: 'TRAINING_LEFT_OUT', count: 8 })
  })

  it('takes no training zip beside it', async () => {
    await expect(read(catsAndDogs(4), catsAndDogs(4), 20)).rejects.toEqual(refusal('UPLOAD_META_INVALID'))
  })
})
