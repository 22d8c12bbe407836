import { useWords } from '../../kernel/words.ts'
import { identityWords } from './words.ts'

const verbs = ['c', 'r', 'u', 'd', 's'] as const

/** What a system client may do, in words; the SMART v2 scope itself below, as its manual writes it. */
export function Scopes({ of }: { of: readonly string[] }) {
  const t = useWords(identityWords)
  const inWords = (scope: string): string | null => {
    const [, kind, letters] = /^system\/([A-Za-z*]+)\.([cruds]+)$/.exec(scope) ?? []
    if (!kind || !letters) return null
    const may = verbs.filter((verb) => letters.includes(verb)).map((verb) => t(`scope.${verb}`))
    return `${kind === '*' ? t('scope.all') : kind}：${may.join('、')}`
  }
  return of.map((scope) => (
    <div key={scope}>
      {inWords(scope)} <code className="tm-quiet">{scope}</code>
    </div>
  ))
}
