import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core'

const shu: MantineColorsTuple = [
  '#fff0ec',
  '#fbe9e4',
  '#ffc4b5',
  '#ff9a82',
  '#ff7a5c',
  '#ec5b3b',
  '#d9472a',
  '#c8371b',
  '#a62c14',
  '#7f200d',
]
const ai: MantineColorsTuple = [
  '#e6eef6',
  '#cfdeec',
  '#aecbe6',
  '#8ebbe6',
  '#6ba0d0',
  '#4a83b5',
  '#336a9b',
  '#275a88',
  '#1f4e79',
  '#153856',
]

/** The surfaces that Mantine draws in the dark theme: from ink on paper to paper. */
const dark: MantineColorsTuple = [
  '#eef1f4',
  '#b7c0ca',
  '#9aa6b3',
  '#6b7683',
  '#4a5665',
  '#2a323d',
  '#1f2630',
  '#191f27',
  '#12161c',
  '#0d1014',
]

/** Shades are chosen so that text on filled buttons passes 4.5:1 in both themes. */
export const theme = createTheme({
  colors: { shu, ai, dark },
  primaryColor: 'shu',
  primaryShade: { light: 8, dark: 3 },
  // Mantine's own contrast looks at the light theme only.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === 'filled' && { color: 'var(--on-fill)' }),
  }),
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)' },
  defaultRadius: 10,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: { Alert: { styles: { message: { color: 'var(--ink)' } } } },
})

/** Mantine's own variables point at the tokens, so that both themes follow styles/tokens.css. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const scheme = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--ai)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-disabled': 'color-mix(in srgb, var(--line) 60%, var(--surface))',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-primary-color-contrast': 'var(--on-fill)',
    '--mantine-color-shu-light': 'var(--shu-soft)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-border': 'var(--line-strong)',
  }
  return { variables: {}, light: scheme, dark: scheme }
}
