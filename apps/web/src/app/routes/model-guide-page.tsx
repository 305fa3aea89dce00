import en from '../../../../../docs/models.en.md?raw'
import ja from '../../../../../docs/models.ja.md?raw'
import { Markdown } from '../../components/ui/markdown.tsx'
import { useTexts } from '../../i18n/i18n.ts'

/** Links between the two languages' files mean nothing here: the page follows the language switch. */
const withoutLanguageLink = (text: string) => text.replace(/^\[[^\]]+\]\(models\.\w+\.md\)\n/m, '')
const texts = { ja: withoutLanguageLink(ja), en: withoutLanguageLink(en) }

/** How to save a model so that it can be scored, and what each refusal means: docs/models.*.md. */
export function ModelGuidePage() {
  const { locale } = useTexts()
  return (
    <article className="prose">
      <Markdown text={texts[locale]} isPage />
    </article>
  )
}
