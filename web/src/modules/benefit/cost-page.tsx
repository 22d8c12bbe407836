import { PrinterOutlined } from '@ant-design/icons'
import { benefitApi } from '@tongmai/api/benefit'
import { Button } from 'antd'
import { Suspense } from 'react'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { askedShape } from './asked-cost.ts'
import { Comparison } from './comparison.tsx'
import { CostForm } from './cost-form.tsx'
import { benefitWords } from './words.ts'

/** Costs of several destinations side by side, before one is chosen. */
export function CostPage() {
  const t = useWords(benefitWords)
  const [asked, change] = useSearch(askedShape)
  const { resident, to, total, ...rest } = asked
  const isWhole = Boolean(to && (resident || (asked.area && asked.scheme && asked.category)))
  const query = {
    ...rest,
    kind: asked.kind,
    institutionIds: to ?? '',
    ...(resident ? { residentId: resident } : {}),
    ...(total ? { totalFen: Math.round(total * 100) } : {}),
  }
  const read = useRead(
    benefitApi.compareCost,
    { query },
    { live: ['benefit'], when: isWhole, keepPrevious: true },
  )
  return (
    <Page
      title={t('title')}
      hint={t('hint')}
      actions={
        isWhole && (
          <Button icon={<PrinterOutlined />} onClick={() => print()}>
            {t('print')}
          </Button>
        )
      }
    >
      {resident && (
        <Suspense>
          <ResidentBanner residentId={resident} />
        </Suspense>
      )}
      <div className="tm-no-print">
        <Card title={t(resident ? 'whose-resident' : 'whose')}>
          <CostForm asked={asked} onChange={change} />
        </Card>
      </div>
      {isWhole ? (
        <Loaded read={read}>{(found) => <Comparison of={found} />}</Loaded>
      ) : (
        <Nothing title={t('choose')} hint={t('choose-hint')} />
      )}
    </Page>
  )
}
