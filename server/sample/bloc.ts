import type { AgencyRole, PersonRole } from '../../shared/accounts/account.ts'
import type { AgencyId } from '../../shared/base/ids.ts'

export const SAMPLE_BLOC = {
  name: 'Khối thi đua các cơ quan tham mưu tổng hợp tỉnh Ninh Thuận',
  shortName: 'Khối',
  year: 2022,
} as const

export type SampleAgency = {
  /** The id is the code, as in place ids: `stc:person`. */
  id: AgencyId
  code: string
  name: string
  shortName: string
  role: AgencyRole
  /** Title printed above the head's name; empty for an agency that signs nothing. */
  signingTitle: string
  /** Name as printed in the signature block. */
  printedName: string
}

const agency = (
  code: string,
  role: AgencyRole,
  shortName: string,
  name: string,
  signingTitle: string,
): SampleAgency => ({
  id: code as AgencyId,
  code,
  name,
  shortName,
  role,
  signingTitle,
  printedName: name.toUpperCase(),
})

const OFFICE = 'CHÁNH VĂN PHÒNG'
const DEPARTMENT = 'GIÁM ĐỐC'

/** In protocol order; the observer comes last and takes no part. */
export const SAMPLE_AGENCIES: readonly SampleAgency[] = [
  agency('vpdbqh', 'lead', 'VP.ĐĐBQH&HĐND', 'Văn phòng Đoàn ĐBQH và HĐND tỉnh', OFFICE),
  agency('snv', 'deputy', 'SNV', 'Sở Nội vụ', DEPARTMENT),
  agency('vpub', 'member', 'VPUB', 'Văn phòng UBND tỉnh', OFFICE),
  agency('stc', 'member', 'STC', 'Sở Tài chính', DEPARTMENT),
  agency('stnmt', 'member', 'STNMT', 'Sở Tài nguyên và Môi trường', DEPARTMENT),
  agency('skhcn', 'member', 'SKHCN', 'Sở Khoa học và Công nghệ', DEPARTMENT),
  agency('skhdt', 'member', 'SKHĐT', 'Sở Kế hoạch và Đầu tư', DEPARTMENT),
  agency('bantdkt', 'observer', 'BTĐKT', 'Ban Thi đua - Khen thưởng tỉnh', ''),
]

/** The seven that agree and sign, in protocol order. */
export const SAMPLE_PARTIES = SAMPLE_AGENCIES.filter(({ role }) => role !== 'observer')

/** What plan and regulation have in common: the lead issues and signs them on behalf of the bloc. */
export const ISSUED_BY_LEAD = {
  place: 'Ninh Thuận',
  recipients: [
    'UBND tỉnh (để báo cáo)',
    'Sở Nội vụ (Ban TĐKT tỉnh)',
    'Các cơ quan thành viên',
    'Lưu: VT',
  ],
  issuer: {
    superior: 'VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND TỈNH',
    name: 'KHỐI THI ĐUA CÁC CƠ QUAN THAM MƯU TỔNG HỢP',
  },
  signers: ['vpdbqh' as AgencyId],
  /** Whole lines, the office last. */
  signingTitles: {
    vpdbqh: 'TM. KHỐI THI ĐUA\nTRƯỞNG KHỐI\nCHÁNH VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND TỈNH',
  },
}

export type SampleAccount = {
  account: string
  /** A post, not a person's name. */
  name: string
  agencyId: AgencyId | null
  role: PersonRole
}

const POSTS = [
  ['head', 'Thủ trưởng'],
  ['officer', 'Cán bộ đầu mối'],
  ['clerk', 'Văn thư'],
] as const

export const SAMPLE_ACCOUNTS: readonly SampleAccount[] = [
  ...SAMPLE_PARTIES.flatMap(({ id, name }) =>
    POSTS.map(([role, post]) => ({
      account: `${id}.${role}`,
      name: `${post} ${name}`,
      agencyId: id,
      role,
    })),
  ),
  {
    account: 'bantdkt.observer',
    name: 'Người theo dõi Ban Thi đua - Khen thưởng tỉnh',
    agencyId: 'bantdkt' as AgencyId,
    role: 'observer',
  },
  { account: 'operator', name: 'Người vận hành hệ thống', agencyId: null, role: 'operator' },
]
