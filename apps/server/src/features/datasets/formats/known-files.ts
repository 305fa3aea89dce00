/** MD5 sums of official files, as their makers publish them. They tell what a file is; they are no protection. */
const knownFiles: ReadonlyMap<string, string> = new Map([
  ['c32a1d4ab5d03f1284b67883e8d87530', 'CIFAR-10 (binary version)'],
  ['c58f30108f718f92721af3b95e74349a', 'CIFAR-10 (Python version)'],
  ['f68b3c2dcbeaaa9fbdd348bbdeb94873', 'MNIST, training images'],
  ['d53e105ee54ea40749a09fcbcd1e9432', 'MNIST, training labels'],
  ['9fb629c4189551a2d022fa330f9573f3', 'MNIST, test images'],
  ['ec29112dd5afa0611ce80d1b7f02629c', 'MNIST, test labels'],
  ['8d4fb7e6c68d591d4c3dfef9ec88bf0d', 'Fashion-MNIST, training images'],
  ['25c81989df183df01b3e8a0aad5dffbe', 'Fashion-MNIST, training labels'],
  ['bef4ecab320f06d8554ea6380940ec79', 'Fashion-MNIST, test images'],
  ['bb300cfdad3c16e7a12a480ee83cd310', 'Fashion-MNIST, test labels'],
])

/** What the official file of this MD5 sum (hexadecimal) is; null for any other. */
export function knownFile(md5: string): string | null {
  return knownFiles.get(md5) ?? null
}
