import { Skeleton } from 'antd'
import { Suspense } from 'react'
import { ResidentBanner } from '../resident/index.ts'

/** Whose record this is: the banner that never leaves, with what the person is allergic to. */
export function RecordBanner(props: { residentId: string; alerts?: readonly string[] }) {
  return (
    <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 1 }} />}>
      <ResidentBanner {...props} />
    </Suspense>
  )
}
