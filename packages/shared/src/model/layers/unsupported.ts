/** Begins the message of a schema's issue that names what cannot be scored. */
export const unsupportedMark = 'unsupported: '
