import Postgres
import Primitives

/// A product as a catalogue has it: what is written to its row.
struct ProductRecord: Equatable {
    var code: String
    var kind: ProductKind
    var genericName: String
    var englishName: String
    var dosageForm: String
    var strength: String
    var baseUnit: String
    var drugClass: String
    var reimbursement: Reimbursement
    var isEssential: Bool
    var isVolumeBased: Bool
    var mayBeLongPrescription: Bool
    var specialControl: SpecialControl
    var storage: StorageCondition
    var isLightProtected: Bool
    var diseaseGroups: [String]
    var pinyin: String
    var pinyinInitials: String

    /// What makes it one product, whatever its code.
    struct Name: Hashable {
        let genericName: String
        let dosageForm: String
        let strength: String
    }

    var name: Name { Name(genericName: genericName, dosageForm: dosageForm, strength: strength) }
}

/// Imports products: rows of the kind ``CatalogKind/products``.
struct ProductsImport {
    private let store: CatalogStore
    private let dictionaries: DictionariesStore

    init(_ transaction: Transaction) {
        store = CatalogStore(transaction)
        dictionaries = DictionariesStore(transaction)
    }

    func plan(_ rows: [CatalogRow]) throws -> CatalogPlan {
        let units = Set(try dictionaries.units().map(\.code))
        let forms = Set(try dictionaries.dosageForms().map(\.code))
        let onRecord = try store.products()
        let known = Dictionary(onRecord.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let codeOfName = Dictionary(onRecord.map { ($0.name, $0.code) }, uniquingKeysWith: { first, _ in first })
        var lineOfCode: [String: Int] = [:]
        var lineOfName: [ProductRecord.Name: Int] = [:]
        var plan = CatalogPlan()
        var written: [ProductRecord] = []
        for var row in rows {
            let record = Self.read(&row, units: units, forms: forms)
            if let record {
                if let earlier = lineOfCode.updateIfNew(record.code, row.line) {
                    row.note(.repeated, "code", otherLine: earlier)
                } else if let earlier = lineOfName.updateIfNew(record.name, row.line) {
                    row.note(.repeated, "generic_name", otherLine: earlier)
                } else if let holder = codeOfName[record.name], holder != record.code {
                    row.note(.nameTaken, "generic_name", detail: holder)
                }
                if let old = known[record.code], old.baseUnit != record.baseUnit {
                    row.note(.baseUnitFixed, "base_unit", detail: old.baseUnit)
                }
            }
            if plan.take(row, record, old: record.flatMap { known[$0.code] }), let record { written.append(record) }
        }
        plan.write = { [store, written] in try store.put(written) }
        return plan
    }

    /// The row's product; `nil` when a choice it needs is not one.
    private static func read(_ row: inout CatalogRow, units: Set<String>, forms: Set<String>) -> ProductRecord? {
        let code = row.ownCode("code")
        let kind = row.choice("kind", ProductKind.self)
        let name = row.text("generic_name")
        let form = row.plainText("dosage_form", max: 30)
        if !form.isEmpty, !forms.contains(form) { row.note(.dosageFormUnknown, "dosage_form") }
        let unit = row.plainText("base_unit", max: 30)
        if !unit.isEmpty, !units.contains(unit) { row.note(.unitUnknown, "base_unit") }
        let reimbursement = row.choice("reimbursement", Reimbursement.self)
        let control = row.choice("special_control", SpecialControl.self)
        let storage = row.choice("storage", StorageCondition.self)
        let mayBeLong = row.flag("long_prescription")
        if mayBeLong, let control, control != .none { row.note(.controlledLongPrescription, "long_prescription") }
        let reading = reading(&row, of: name)
        let groups = row.text("disease_groups", isRequired: false).split(separator: ";").map { $0.trimmingBlanks() }
        let englishName = row.text("english_name", isRequired: false)
        let strength = row.text("strength")
        let drugClass = row.plainText("drug_class", max: 20, isRequired: false)
        let isEssential = row.flag("essential")
        let isVolumeBased = row.flag("volume_based")
        let isLightProtected = row.flag("light_protected")
        guard let kind, let reimbursement, let control, let storage else { return nil }
        return ProductRecord(
            code: code, kind: kind, genericName: name, englishName: englishName, dosageForm: form, strength: strength,
            baseUnit: unit, drugClass: drugClass, reimbursement: reimbursement, isEssential: isEssential,
            isVolumeBased: isVolumeBased, mayBeLongPrescription: mayBeLong, specialControl: control, storage: storage,
            isLightProtected: isLightProtected, diseaseGroups: groups.filter { !$0.isEmpty }, pinyin: reading.text,
            pinyinInitials: reading.initials)
    }

    /// The reading the row gives, or the one the name has.
    private static func reading(_ row: inout CatalogRow, of name: String) -> Pinyin {
        guard let written = row.optional("pinyin", max: 400) else { return Pinyin(name) }
        guard let reading = Pinyin(written: written) else {
            row.note(.pinyinMalformed, "pinyin")
            return Pinyin(name)
        }
        return reading
    }
}

extension Dictionary {
    /// Sets the value of a key that has none; the value it has otherwise.
    mutating func updateIfNew(_ key: Key, _ value: Value) -> Value? {
        if let earlier = self[key] { return earlier }
        self[key] = value
        return nil
    }
}
