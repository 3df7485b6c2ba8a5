import Codes
import Parties
import Postgres
import Primitives

/// Imports companies with their licences, one licence a row: rows of the kind ``CatalogKind/companies``.
struct CompaniesImport {
    private let store: CatalogStore
    private let parties: PartiesStore

    init(_ transaction: Transaction) {
        store = CatalogStore(transaction)
        parties = PartiesStore(transaction)
    }

    /// A row as it stands on record: the company and the one licence.
    struct Record: Equatable {
        var company: CompanyRecord
        var licence: LicenceRecord?
    }

    func plan(_ rows: [CatalogRow]) throws -> CatalogPlan {
        let known = try store.companies()
        let holderOfCreditCode = Dictionary(
            known.values.compactMap { company in company.creditCode.map { ($0, company.name) } },
            uniquingKeysWith: { first, _ in first })
        let licences = try store.licences()
        var firstOfName: [String: (line: Int, company: CompanyRecord)] = [:]
        var holderInFile: [String: (line: Int, name: String)] = [:]
        var lineOfRow: [String: Int] = [:]
        var plan = CatalogPlan()
        var written: [Record] = []
        for var row in rows {
            let record = Self.read(&row)
            var old: Record?
            if let record {
                let company = record.company
                if let earlier = firstOfName.updateIfNew(company.name, (row.line, company)), earlier.company != company {
                    row.note(.companyDiffers, "name", otherLine: earlier.line)
                }
                if let code = company.creditCode {
                    if let earlier = holderInFile.updateIfNew(code, (row.line, company.name)),
                        earlier.name != company.name
                    {
                        row.note(.creditCodeTaken, "credit_code", otherLine: earlier.line)
                    } else if let holder = holderOfCreditCode[code], holder != company.name {
                        row.note(.creditCodeTaken, "credit_code", detail: holder)
                    }
                }
                let key = "\(company.name)\n\(record.licence?.key ?? "")"
                if let earlier = lineOfRow.updateIfNew(key, row.line) {
                    row.note(.repeated, "licence_number", otherLine: earlier)
                }
                old = Self.onRecord(record, known[company.name], licences[key])
            }
            if plan.take(row, record, old: old), let record { written.append(record) }
        }
        plan.write = { [self, written] in try write(written) }
        return plan
    }

    /// What is on record of `new`. A new licence of a known company is an addition, and what a row leaves out is not
    /// taken away.
    private static func onRecord(_ new: Record, _ company: CompanyRecord?, _ licence: LicenceRecord?) -> Record? {
        guard let company, new.licence == nil || licence != nil else { return nil }
        return Record(company: company.isCovering(new.company) ? new.company : company, licence: licence)
    }

    private func write(_ records: [Record]) throws {
        for record in records {
            let company = record.company
            let id = try parties.addCompany(
                name: company.name, creditCode: company.creditCode, isManufacturer: company.isManufacturer,
                isSupplier: company.isSupplier)
            guard let id, let licence = record.licence else { continue }
            try parties.addLicence(
                Licence(
                    company: id, kind: licence.kind, number: licence.number, validFrom: licence.validFrom,
                    validThrough: licence.validThrough))
        }
    }

    private static func read(_ row: inout CatalogRow) -> Record? {
        let name = row.text("name")
        let received = row.codeText("credit_code")
        let creditCode = received.flatMap(CreditCode.init)?.text
        if received != nil, row.isSound, creditCode == nil { row.note(.creditCodeInvalid, "credit_code") }
        let company = CompanyRecord(
            name: name, creditCode: creditCode, isManufacturer: row.flag("is_manufacturer"),
            isSupplier: row.flag("is_supplier"))
        if row.isSound, !company.isManufacturer, !company.isSupplier { row.note(.roleMissing, "is_supplier") }
        let licence = readLicence(&row)
        return row.isSound ? Record(company: company, licence: licence) : nil
    }

    /// The licence, all of it or nothing of it.
    private static func readLicence(_ row: inout CatalogRow) -> LicenceRecord? {
        let kindText = row.optional("licence_kind")?.replacing("_", with: "-")
        let number = row.optional("licence_number", max: 60)
        let validFrom = row.day("licence_valid_from")
        let validThrough = row.day("licence_valid_through")
        if kindText == nil, number == nil, validFrom == nil, validThrough == nil { return nil }
        guard row.isSound else { return nil }
        guard let kindText, let number, let validFrom, let validThrough else {
            row.note(.licenceIncomplete, "licence_number")
            return nil
        }
        guard let kind = LicenceKind(rawValue: kindText) else {
            row.note(.notAChoice, "licence_kind", detail: LicenceKind.allCases.map(\.rawValue).joined(separator: ", "))
            return nil
        }
        if validThrough < validFrom { row.note(.licencePeriodInvalid, "licence_valid_through") }
        return LicenceRecord(kind: kind, number: number, validFrom: validFrom, validThrough: validThrough)
    }
}

/// A company as a catalogue has it.
struct CompanyRecord: Equatable {
    var name: String
    var creditCode: String?
    var isManufacturer: Bool
    var isSupplier: Bool

    /// Whether everything `other` says is on record here already.
    func isCovering(_ other: CompanyRecord) -> Bool {
        (other.creditCode == nil || other.creditCode == creditCode) && (isManufacturer || !other.isManufacturer)
            && (isSupplier || !other.isSupplier)
    }
}

/// A licence as a catalogue has it.
struct LicenceRecord: Equatable {
    var kind: LicenceKind
    var number: String
    var validFrom: CalendarDate
    var validThrough: CalendarDate

    var key: String { "\(kind.rawValue)\n\(number)" }
}
