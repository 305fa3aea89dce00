import type { OfficialFormat } from '@taikai/shared/wire/dataset'

export type OfficialFile = {
  /** As its makers publish it, hexadecimal. It tells what a file is; it is no protection. */
  md5: string
  what: string
  /** Where its makers, or those whom they name, offer it; null where another version of the same images is downloaded. */
  download: OfficialDownload | null
}
export type OfficialDownload = {
  format: OfficialFormat
  /** What its images are used for. An archive of CIFAR-10 brings both. */
  part: 'hidden' | 'train'
  url: string
  bytes: number
}

const cifar10 = (name: string) => `https://www.cs.toronto.edu/~kriz/${name}`
/** The original host has closed; PyTorch and TensorFlow name this one. */
const mnist = (name: string) => `https://storage.googleapis.com/cvdf-datasets/mnist/${name}`
const fashionMnist = (name: string) => `http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/${name}`

/** All official files that are known. */
export const officialFiles: readonly OfficialFile[] = [
  {
    md5: 'c32a1d4ab5d03f1284b67883e8d87530',
    what: 'CIFAR-10 (binary version)',
    download: {
      format: 'cifar10',
      part: 'hidden',
      url: cifar10('cifar-10-binary.tar.gz'),
      bytes: 170_052_171,
    },
  },
  { md5: 'c58f30108f718f92721af3b95e74349a', what: 'CIFAR-10 (Python version)', download: null },
  ...idxFiles('mnist', 'MNIST', mnist, [
    ['f68b3c2dcbeaaa9fbdd348bbdeb94873', 9_912_422],
    ['d53e105ee54ea40749a09fcbcd1e9432', 28_881],
    ['9fb629c4189551a2d022fa330f9573f3', 1_648_877],
    ['ec29112dd5afa0611ce80d1b7f02629c', 4_542],
  ]),
  ...idxFiles('fashion-mnist', 'Fashion-MNIST', fashionMnist, [
    ['8d4fb7e6c68d591d4c3dfef9ec88bf0d', 26_421_880],
    ['25c81989df183df01b3e8a0aad5dffbe', 29_515],
    ['bef4ecab320f06d8554ea6380940ec79', 4_422_102],
    ['bb300cfdad3c16e7a12a480ee83cd310', 5_148],
  ]),
]

/** What the official file of this MD5 sum (hexadecimal) is; null for any other. */
export function knownFile(md5: string): string | null {
  return officialFiles.find((file) => file.md5 === md5)?.what ?? null
}

/** Both kinds of MNIST have the same four files. */
function idxFiles(
  format: OfficialFormat,
  name: string,
  address: (name: string) => string,
  [trainImages, trainLabels, testImages, testLabels]: readonly [Sum, Sum, Sum, Sum],
): OfficialFile[] {
  const file = ([md5, bytes]: Sum, what: string, part: OfficialDownload['part'], path: string) => ({
    md5,
    what: `${name}, ${what}`,
    download: { format, part, url: address(path), bytes },
  })
  return [
    file(trainImages, 'training images', 'train', 'train-images-idx3-ubyte.gz'),
    file(trainLabels, 'training labels', 'train', 'train-labels-idx1-ubyte.gz'),
    file(testImages, 'test images', 'hidden', 't10k-images-idx3-ubyte.gz'),
    file(testLabels, 'test labels', 'hidden', 't10k-labels-idx1-ubyte.gz'),
  ]
}

type Sum = readonly [md5: string, bytes: number]
