import { contractApi } from '@tongmai/api/contract'
import type { ServicePackage } from '@tongmai/api/contract/package'
import { Button } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useTell, useTellRefused } from '../../ui/tell.tsx'
import { PackageForm } from './package-form.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

/** The packages of my institution, every version; what is signed today on top of its code. */
export function PackageList() {
  const t = useWords(contractWords)
  const may = useMay()
  const [open, setOpen] = useState<ServicePackage | 'new' | null>(null)
  const read = useRead(contractApi.listPackages, { query: { limit: 200 } }, { live: ['contract'] })
  const manages = may('contract.manage')
  const add = manages && (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('package.new')}
    </Button>
  )
  return (
    <Page title={t('package.title')} hint={t('package.hint')} actions={add}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t('package.none')} hint={t('package.none-hint')} />
          ) : (
            <Cards>
              {items.map((one) => (
                <PackageCard key={one.id} one={one} {...(manages ? { onNext: () => setOpen(one) } : {})} />
              ))}
            </Cards>
          )
        }
      </Loaded>
      {open && <PackageForm before={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function PackageCard({ one, onNext }: { one: ServicePackage; onNext?: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const confirm = useConfirm()
  const today = showDay(timeNow())
  const end = useWrite(contractApi.endPackage, {
    touches: ['contract'],
    onDone: () => tell(t('package.ended')),
  })
  const over = one.until !== null && one.until < today
  const stop = () =>
    confirm({
      ...{ label: t('package.end'), confirm: t('package.end-note'), danger: true },
      run: () =>
        end.mutate({ params: { id: one.id }, body: { until: today } }, { onError: (no) => tellRefused(no) }),
    })
  return (
    <Card
      title={one.name}
      extra={
        <StateTag tone={over ? 'idle' : one.since > today ? 'note' : 'good'}>
          {t('package.version', { version: one.version })}
        </StateTag>
      }
    >
      <Facts
        facts={[
          [t('package.level'), t(`level.${one.level}`)],
          [t('package.group'), one.group ? t(`group.${one.group}`) : t('package.everybody')],
          [t('package.since'), [one.since, one.until].filter(Boolean).join(' – ')],
          [
            t('package.year-fee'),
            `${t('yuan', { yuan: yuanOf(one.yearFen) })}（${t('package.personal')} ${yuanOf(one.personalFen)}）`,
          ],
          [
            t('package.items'),
            one.items.map((item) => (
              <div key={item.code}>
                {item.name}{' '}
                <span className="tm-quiet">
                  {item.period === 'asNeeded'
                    ? t('period.asNeeded')
                    : t('times.per', { period: t(`period.${item.period}`), times: item.times })}
                </span>
              </div>
            )),
          ],
        ]}
      />
      {onNext && !over && (
        <div className="tm-row" style={{ marginTop: 12 }}>
          <Button size="small" onClick={onNext}>
            {t('package.next')}
          </Button>
          <Button size="small" danger loading={end.isPending} onClick={stop}>
            {t('package.end')}
          </Button>
        </div>
      )}
    </Card>
  )
}
