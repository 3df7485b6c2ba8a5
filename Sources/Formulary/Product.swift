import Postgres
public import Primitives

public enum ProductKind: String, StoredText, Codable, CaseIterable {
    /// 西药
    case western
    /// 中成药
    case patent
    /// 中药饮片
    case herbal
    /// 民族药
    case ethnic
    /// 耗材
    case consumable
}

/// The part of the price that the basic insurance carries: 甲类, 乙类 or none.
public enum Reimbursement: String, StoredText, Codable, CaseIterable {
    case classA = "A"
    case classB = "B"
    case none
}

/// Controls beyond those of every medicine (麻精毒易制毒).
public enum SpecialControl: String, StoredText, Codable, CaseIterable {
    case none, narcotic, psychotropicI = "psychotropic_1", psychotropicII = "psychotropic_2", toxic, precursor
}

/// Storage condition: room 10–30 ℃, cool ≤ 20 ℃, cold 2–8 ℃, frozen −25 to −10 ℃.
public enum StorageCondition: String, StoredText, Codable, CaseIterable {
    case room, cool, cold, frozen
}

/// A national product: generic name, dosage form and strength, whoever makes it. Shared by all consortia.
public struct Product: Sendable, Hashable, Codable {
    public let id: ProductID
    /// The catalogue's own stable code: `W0001`.
    public let code: String
    public let kind: ProductKind
    public let genericName: String
    public let englishName: String
    /// A code of the catalogue of dosage forms.
    public let dosageForm: String
    public let strength: String
    /// The smallest dispensing unit, a code of the catalogue of units; every quantity of the product counts these.
    public let baseUnit: String
    /// National insurance class, a prefix of the insurance codes of its articles.
    public let drugClass: String
    public let reimbursement: Reimbursement
    /// 国家基本药物
    public let essential: Bool
    /// 集中带量采购
    public let volumeBased: Bool
    /// May be on a long prescription (长期处方).
    public let longPrescription: Bool
    public let specialControl: SpecialControl
    public let storage: StorageCondition
    public let lightProtected: Bool
    public let diseaseGroups: [String]
    /// Name, form and strength as one line for people.
    public var label: String { "\(genericName) \(strength)" }
}

/// One manufacturer's pack of a product.
public struct Article: Sendable, Hashable, Codable {
    public let id: ArticleID
    public let product: ProductID
    public let manufacturer: CompanyID?
    public let insuranceCode: String?
    public let tradeName: String
    public let approvalNumber: String?
    /// National drug code (本位码), 14 digits.
    public let baseCode: String?
    public let gtin: String?
    /// Base units in one pack.
    public let packSize: BaseUnits
    public let packUnit: String
    public let packText: String
    /// Yuan per pack; a ceiling for want of a better one.
    public let referencePrice: Money?
    /// Since when no catalogue names it: it is not asked for, offered or ordered anew, and what points at it goes on.
    public let withdrawnOn: CalendarDate?

    /// Refuses a new document that would choose a withdrawn article.
    ///
    /// - Throws: ``FormularyRefusal``.
    public func requireOffered(on day: CalendarDate, field: String = "article") throws(FormularyRefusal) {
        guard let withdrawnOn, withdrawnOn <= day else { return }
        throw FormularyRefusal(.articleWithdrawn, "article \(id), withdrawn on \(withdrawnOn)", field: field)
    }
}
