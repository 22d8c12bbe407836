import { useWords } from '../../kernel/words.ts'
import { scopeInWords } from './app-scopes.ts'
import { identityWords } from './words.ts'

/** What a system client may do, in words; the SMART v2 scope itself below, as its manual writes it. */
export function Scopes({ of }: { of: readonly string[] }) {
  const t = useWords(identityWords)
  return of.map((scope) => (
    <div key={scope} style={{ overflowWrap: 'anywhere' }}>
      {scopeInWords(t, scope)} <code className="tm-quiet">{scope}</code>
    </div>
  ))
}
