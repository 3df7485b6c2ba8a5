import Dispensing
import Postgres
public import Primitives

/// Who consents to a long prescription.
public enum ConsentGiver: String, StoredText, Codable, CaseIterable {
    case patient, proxy
}

/// How consent is given.
public enum ConsentManner: String, StoredText, Codable, CaseIterable {
    case signature, electronic
    /// Spoken, before a witness of the institution.
    case witnessed
}

/// That the patient, or a proxy, understands and wants the long prescription.
///
/// Source: long-term prescription norm R-LP-05 (patient confirmation, signature or equivalent).
public struct Consent: Sendable, Hashable, Codable {
    public let by: ConsentGiver
    public let manner: ConsentManner
    public let givenOn: CalendarDate

    public init(by: ConsentGiver, manner: ConsentManner, givenOn: CalendarDate) {
        self.by = by
        self.manner = manner
        self.givenOn = givenOn
    }

    /// - Parameter writtenOn: when the prescription was written; consent is given then or later.
    /// - Throws: ``LongPrescriptionsRefusal`` `consentInvalid`: before the prescription, in the future, or by a proxy who is not
    ///   named.
    public func check(
        writtenOn: CalendarDate, today: CalendarDate, proxies: Int
    ) throws(LongPrescriptionsRefusal) {
        guard writtenOn <= givenOn, givenOn <= today else {
            throw LongPrescriptionsRefusal(
                .consentInvalid, "given on \(givenOn), written on \(writtenOn), today is \(today)", field: "consent.givenOn")
        }
        guard by == .patient || proxies > 0 else {
            throw LongPrescriptionsRefusal(.consentInvalid, "no proxy is named", field: "consent.by")
        }
    }
}

/// A person who knows the patient's condition and may collect for them.
///
/// Source: long-term prescription norm R-LP-11.
public struct Proxy: Sendable, Hashable, Codable {
    /// 1, 2, … within the plan.
    public let number: Int
    public let name: String
    /// In words: 配偶, 女儿, …
    public let relation: String
    public let residentMasked: String
}

/// A proxy as the patient names them. The resident number leaves only its digest and its mask behind.
public struct ProxyDetails: Sendable {
    public var name: String
    public var relation: String
    public var residentNumber: String

    public init(name: String, relation: String, residentNumber: String) {
        self.name = name
        self.relation = relation
        self.residentNumber = residentNumber
    }

    /// - Throws: ``LongPrescriptionsRefusal`` `proxyInvalid`: a name or relation is missing, or the number does not check.
    func identified(
        as number: Int, on today: CalendarDate, pepper: ResidentPepper, field: String
    ) throws(LongPrescriptionsRefusal) -> IdentifiedProxy {
        guard (1...100).contains(name.trimmed.count), (1...40).contains(relation.trimmed.count) else {
            throw LongPrescriptionsRefusal(.proxyInvalid, "name and relation are needed", field: field)
        }
        guard let resident = ResidentNumber(residentNumber, on: today) else {
            throw LongPrescriptionsRefusal(.proxyInvalid, "the resident number does not check", field: "\(field).residentNumber")
        }
        return IdentifiedProxy(
            proxy: Proxy(number: number, name: name.trimmed, relation: relation.trimmed, residentMasked: resident.masked),
            digest: pepper.digest(of: resident))
    }
}

/// A proxy with the digest by which they are recognised.
struct IdentifiedProxy {
    let proxy: Proxy
    let digest: Bytes
}
