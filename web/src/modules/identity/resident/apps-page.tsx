import { identityApi } from '@tongmai/api/identity'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { scopeInWords } from '../app-scopes.ts'
import { appResidentWords } from './app-words.ts'

/** Which apps may read a resident's record, and the way to take that back. */
export function AppsPage() {
  const t = useWords(appResidentWords)
  const read = useRead(identityApi.listAppGrants, {})
  const end = useWrite(identityApi.endAppGrant, { touches: ['identity'], onDone: () => void read.refetch() })
  return (
    <Known read={read}>
      {({ items }) => (
        <>
          {items.length === 0 && (
            <Block title={t('app.allowed-none')}>
              <p className="me-quiet">{t('app.allowed-none-hint')}</p>
            </Block>
          )}
          {items.map((one) => (
            <Block key={one.id} title={one.name}>
              {one.scopes.map((scope) => (
                <p key={scope} className="me-quiet">
                  {scopeInWords(t, scope)}
                </p>
              ))}
              <Button quiet onClick={() => end.mutate({ params: { id: one.id } })}>
                {t('app.take-back')}
              </Button>
            </Block>
          ))}
          <Sorry refused={end.error} />
        </>
      )}
    </Known>
  )
}
