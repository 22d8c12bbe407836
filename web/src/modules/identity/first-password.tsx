import { useWords } from '../../kernel/words.ts'
import { ChangePassword } from './change-password.tsx'
import { identityWords } from './words.ts'

/** What stands between a first password and everything else. */
export function FirstPassword({ onChanged }: { onChanged: () => void }) {
  const t = useWords(identityWords)
  return (
    <>
      <p className="tm-quiet" style={{ marginBottom: 16 }}>
        {t('password.first-hint')}
      </p>
      <ChangePassword onChanged={onChanged} />
    </>
  )
}
