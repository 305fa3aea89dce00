const colour = /var\((--[\w-]+)\)/g

/** The drawing as a file of its own: with the theme's colours in it, without the classes and handlers of the page. */
export function svgFile(drawing: SVGSVGElement, width: number, height: number): Blob {
  const copy = drawing.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('a copy of an SVG is no SVG')
  const theme = getComputedStyle(drawing)
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  copy.removeAttribute('class')
  for (const element of copy.querySelectorAll('*')) {
    element.removeAttribute('tabindex')
    for (const name of ['fill', 'stroke']) {
      const value = element.getAttribute(name)
      if (value !== null)
        element.setAttribute(
          name,
          value.replace(colour, (_, token) => theme.getPropertyValue(token).trim()),
        )
    }
  }
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' })
}

/** Twice the drawing's size, as long as every browser can hold such a canvas. */
const bestScale = 2
const largestSide = 16_000
const mostPixels = 64_000_000

/** The drawing in pixels. Throws where the browser cannot draw or encode it. */
export async function pngFile(svg: Blob, width: number, height: number): Promise<Blob> {
  const scale = Math.min(
    bestScale,
    largestSide / Math.max(width, height),
    Math.sqrt(mostPixels / (width * height)),
  )
  const url = URL.createObjectURL(svg)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.floor(width * scale)
    canvas.height = Math.floor(height * scale)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob === null ? failed(new Error('no PNG')) : done(blob)), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Has the browser save a file. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to read it by the next turn of its loop.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
