import { identityApi } from '@tongmai/api/identity'
import { Button } from 'antd'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card } from '../../ui/page.tsx'
import { useTellRefused } from '../../ui/tell.tsx'
import { identityWords } from './words.ts'

/** On a resident's page: the apps that open with this resident before them. */
export function PersonApps({ residentId }: { residentId: string }) {
  const t = useWords(identityWords)
  const onError = useTellRefused()
  const read = useRead(identityApi.listLaunchableApps, {}, { live: ['identity.client'] })
  const launch = useWrite(identityApi.launchApp, {
    onDone: ({ goTo }) => void open(goTo, '_blank', 'noopener,noreferrer'),
  })
  return (
    <Card title={t('app.open')}>
      <Loaded read={read} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="tm-quiet">{t('app.none')}</p>
          ) : (
            <p className="tm-row" style={{ flexWrap: 'wrap' }}>
              {items.map(({ id, name }) => (
                <Button
                  key={id}
                  onClick={() => launch.mutate({ params: { id }, body: { residentId } }, { onError })}
                >
                  {name}
                </Button>
              ))}
            </p>
          )
        }
      </Loaded>
    </Card>
  )
}
