import type { Locale } from '@taikai/shared/locale'
import glossaryEn from '../../../../../docs/glossary.en.md?raw'
import glossaryJa from '../../../../../docs/glossary.ja.md?raw'
import modelsEn from '../../../../../docs/models.en.md?raw'
import modelsJa from '../../../../../docs/models.ja.md?raw'
import tiesEn from '../../../../../docs/ties.en.md?raw'
import tiesJa from '../../../../../docs/ties.ja.md?raw'
import { Markdown } from '../../components/ui/markdown.tsx'
import { useTexts } from '../../i18n/i18n.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'

/** How to save a model so that it can be scored, and what each refusal means: docs/models.*.md. */
export function ModelGuidePage() {
  return <Guide texts={{ ja: modelsJa, en: modelsEn }} />
}

/** What the groups and intervals of a ranking say, with worked numbers: docs/ties.*.md. */
export function TieGuidePage() {
  return <Guide texts={{ ja: tiesJa, en: tiesEn }} />
}

/** The words of the pages, in the order of the seminar's sessions: docs/glossary.*.md. */
export function GlossaryPage() {
  return <Guide texts={{ ja: glossaryJa, en: glossaryEn }} />
}

function Guide({ texts }: { texts: Record<Locale, string> }) {
  const { locale } = useTexts()
  const text = withoutLanguageLink(texts[locale])
  usePageTitle(/^# (.+)$/m.exec(text)?.[1] ?? '')
  return (
    <article className="prose">
      <Markdown text={text} isPage />
    </article>
  )
}

/** Links between the two languages' files mean nothing here: the page follows the language switch. */
const withoutLanguageLink = (text: string) => text.replace(/^\[[^\]]+\]\(\w+\.\w+\.md\)\n/m, '')
