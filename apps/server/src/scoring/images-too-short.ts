/** The images blob holds fewer bytes than the dataset says: never the model's fault. */
export class ImagesTooShort extends Error {}
