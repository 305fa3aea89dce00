import type { jaDrawing } from './ja-drawing.ts'

export const enDrawing: typeof jaDrawing = {
  drawing: {
    show: 'Show as a diagram',
    hide: 'Close the diagram',
    region: 'Diagram of the model',
    label: 'Layers and how they are joined. The table of layers below says the same.',
    image: 'Input image',
    parameters: '{{count}} parameters',
    weights: '{{count}} weights',
    smaller: 'Zoom out',
    larger: 'Zoom in',
    plain: 'Zoom to 100%',
    fit: 'Show all of it',
    svg: 'Save as SVG',
    png: 'Save as PNG',
    pngFailed: 'This browser could not make a PNG. Save the SVG instead.',
    chain:
      'How layers are joined was not recorded for this submission: they stand in a row, in the file’s order.',
    tooManyBranches: 'This model branches too often for a diagram. The table below shows every layer.',
    reach: 'Both axes from −4 to 4',
    settings: 'Drawn with the usual settings.',
    hint: 'Point at a layer, or press the up and down arrow keys within the diagram, to see its details and the curve of its activation.',
  },
}
