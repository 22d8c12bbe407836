import { identityApi } from '@tongmai/api/identity'
import { Button } from 'antd'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import { identityWords } from './words.ts'

/** On one's own account: which apps may act for me, and the way to take that back. */
export function MyApps() {
  const t = useWords(identityWords)
  const { moment } = useDates()
  const confirm = useConfirm()
  const onError = useTellRefused()
  const read = useRead(identityApi.listAppGrants, {}, { live: ['identity.app'] })
  const end = useWrite(identityApi.endAppGrant, { touches: ['identity.listAppGrants', 'identity'] })
  return (
    <Card title={t('app.allowed')}>
      <Loaded read={read} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('app.allowed-none')}</p>
          ) : (
            items.map((one) => (
              <p key={one.id} className="tm-row">
                <b>{one.name}</b>
                <span className="tm-quiet">
                  {t('app.since')} {moment(one.since)} · {t('app.until')} {moment(one.until)}
                </span>
                <Button
                  size="small"
                  danger
                  onClick={() =>
                    confirm({
                      ...{ label: t('app.take-back'), confirm: t('app.take-back-hint'), danger: true },
                      run: () => end.mutate({ params: { id: one.id } }, { onError }),
                    })
                  }
                >
                  {t('app.take-back')}
                </Button>
              </p>
            ))
          )
        }
      </Loaded>
    </Card>
  )
}
