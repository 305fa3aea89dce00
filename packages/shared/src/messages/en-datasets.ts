import type { ErrorText } from './error-message.ts'
import type { jaDatasets } from './ja-datasets.ts'

/** Words about datasets and training images. */
export const enDatasets: Record<keyof typeof jaDatasets, ErrorText> = {
  DATASET_FORMAT_UNKNOWN: {
    title: 'These files are not in the chosen dataset format.',
    action: 'Use the official files as they were downloaded, and choose the format that fits them.',
  },
  DATASET_SIZE_INVALID: {
    title: 'A file of the dataset has a size that does not fit its format.',
    action: 'Download the file again; it may have been cut off.',
  },
  DATASET_LABELS_MISSING: {
    title: 'The labels that belong to the images are missing.',
    action: 'Send the image file and the label file together.',
  },
  DATASET_LABEL_OUT_OF_RANGE: {
    title: 'The dataset has labels for which there is no class.',
    action: 'Check that the file is the right one and complete.',
  },
  DATASET_TRAINING_OVERLAP: {
    title: 'Some training images are the same as hidden test images.',
    action: 'Students may see training images, so they must not be among the hidden ones. Leave them out.',
  },
  DATASET_TOO_SMALL: {
    title: 'The dataset has too few images of some classes.',
    action: 'Every class needs at least two hidden images: one for the public and one for the private split.',
  },
  DATASET_TOO_LARGE: {
    title: 'There are too many images to import (up to {limitBytes} once unpacked).',
    action: 'Choose a smaller image size, or use fewer images.',
  },
  DATASET_ARCHIVE_INVALID: {
    title: '{file} cannot be unpacked.',
    action: 'Make the zip again, without a password. It may hold 50,000 images of up to 32 MB each.',
  },
  DATASET_ARRAYS_INVALID: {
    title: 'The arrays of {file} cannot be read.',
    action:
      'Save images (x_test or images) as uint8 of shape [count, height, width] or [count, height, width, 1 or 3], and labels (y_test or labels) as whole numbers of shape [count], with numpy.savez.',
  },
  DATASET_FOLDERS_INVALID: {
    title: 'The images in {file} are not sorted into one folder for each class.',
    action:
      'Make 2 to 256 folders named like the classes, put JPEG or PNG images into them, and zip them. All class folders lie in the same place.',
  },
  DATASET_CLASSES_DIFFER: {
    title: 'The training zip has classes that the zip for scoring does not have: {names}',
    action: 'Give the folders of both zips the same names.',
  },
  DATASET_IMAGE_INVALID: {
    title: 'An image cannot be read: {file}',
    action: 'It is damaged or too large (up to 50 million pixels). Remove it, or save it again.',
  },
  DATASET_IN_USE: {
    title: 'Rounds use this dataset: {rounds}',
    action: 'Delete those rounds first. The dataset of a round that has submissions cannot be deleted.',
  },
  DOWNLOAD_RUNNING: {
    title: 'This dataset is being downloaded already.',
    action: 'Wait until that has ended. This page shows how far it is.',
  },
  DOWNLOAD_FAILED: {
    title: 'The download from {host} failed.',
    action:
      'If the server has no internet, download the files yourself and send them with the form on this page. Another try goes on where this one stopped.',
  },
  DOWNLOAD_DAMAGED: {
    title: '{file}, as {host} sent it, is not the official file.',
    action: 'It was thrown away. Try again, or download it yourself and send it with the form on this page.',
  },
  TRAINING_SAMPLE_UNAVAILABLE: {
    title: 'This round has no training images to hand out.',
    action: 'Ask in class which dataset is used, and download it from its official place.',
  },
}
