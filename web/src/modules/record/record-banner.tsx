import { recordApi } from '@tongmai/api/record'
import { Skeleton } from 'antd'
import { Suspense } from 'react'
import { useRead } from '../../kernel/use-read.ts'
import { ResidentBanner } from '../resident/index.ts'
import { labelWords } from './fact-words.ts'

/** Whose record this is: the banner that never leaves, with what the person is allergic to. */
export function RecordBanner({ residentId }: { residentId: string }) {
  const summary = useRead(recordApi.readRecord, { params: { id: residentId } })
  const alerts = summary.data?.allergies.map(({ label }) => labelWords(label)) ?? []
  return (
    <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 1 }} />}>
      <ResidentBanner residentId={residentId} alerts={alerts} />
    </Suspense>
  )
}
