import Audit
import Codes
public import Postgres
public import Primitives

/// Records a supplier's or manufacturer's licence, or a new period of one that is known by its number.
public struct RecordLicence: Sendable {
    public var licence: Licence

    public init(licence: Licence) { self.licence = licence }

    /// - Throws: ``PartiesRefusal``: unknown company, then a period that ends before it begins.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [Licence] {
        let store = PartiesStore(transaction)
        let company = try store.company(licence.company)
        guard licence.validFrom <= licence.validThrough else {
            throw PartiesRefusal(
                .licencePeriodInvalid, "\(licence.validFrom) to \(licence.validThrough)", field: "validThrough")
        }
        try store.addLicence(licence)
        try AuditTrail(transaction).append(
            "parties.record-licence", subject: "company \(company.id)", by: principal, at: now,
            detail: ["number": licence.number, "validThrough": licence.validThrough.description])
        return try store.licences(of: company.id)
    }
}

/// Registers a company, or adds what is new about one that is known by its name.
public struct RegisterCompany: Sendable {
    public var name: String
    public var creditCode: String?
    public var isManufacturer: Bool
    public var isSupplier: Bool

    public init(name: String, creditCode: String?, isManufacturer: Bool, isSupplier: Bool) {
        self.name = name
        self.creditCode = creditCode
        self.isManufacturer = isManufacturer
        self.isSupplier = isSupplier
    }

    /// - Throws: ``PartiesRefusal`` when the credit code does not check.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Company {
        let checked = creditCode.flatMap(CreditCode.init)
        if let creditCode, checked == nil { throw PartiesRefusal(.creditCodeInvalid, creditCode, field: "creditCode") }
        let store = PartiesStore(transaction)
        guard
            let id = try store.addCompany(
                name: name, creditCode: checked?.text, isManufacturer: isManufacturer, isSupplier: isSupplier)
        else { throw PartiesRefusal(.companyUnknown, name) }
        try AuditTrail(transaction).append("parties.register-company", subject: "company \(id)", by: principal, at: now)
        return try store.company(id)
    }
}
