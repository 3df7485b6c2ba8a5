import Primitives

/// An article as a catalogue has it: what is written to its row, the manufacturer by name.
struct ArticleRecord: Equatable {
    var product: ProductID
    var manufacturer: String?
    var insuranceCode: String?
    var tradeName: String
    var approvalNumber: String?
    var baseCode: String?
    var gtin: String?
    var packSize: BaseUnits
    var packUnit: String
    var packText: String
    var referencePrice: Money?
}
