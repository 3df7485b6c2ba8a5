import Codes
import Primitives

/// What an article's row says, its codes judged.
struct ArticleReading {
    /// `nil` when the code is missing or malformed.
    let insuranceCode: String?
    /// `nil` when its product or pack cannot be told.
    let record: ArticleRecord?

    init(_ row: inout CatalogRow, products: [String: ProductHead]) {
        let product = Self.product(&row, among: products)
        let insuranceCode = Self.insuranceCode(&row, of: product)
        self.insuranceCode = insuranceCode
        let manufacturer = row.optional("manufacturer")
        // Codes of medicines end in the manufacturer's digits.
        if manufacturer == nil, let kind = insuranceCode?.utf8.first, [UInt8(ascii: "X"), UInt8(ascii: "Z")].contains(kind) {
            row.noteMissing(.manufacturerMissing, "manufacturer")
        }
        let tradeName = row.text("trade_name", isRequired: false)
        let approvalNumber = Self.approvalNumber(&row)
        let baseCode = Self.baseCode(&row)
        let gtin = Self.gtin(&row)
        let packSize = row.integer("pack_size", in: 1...1_000_000)
        let packUnit = row.text("pack_unit", max: 20)
        let packText = row.text("pack_text", max: 100)
        let price = row.price("reference_price")
        guard let product, let packSize else {
            record = nil
            return
        }
        record = ArticleRecord(
            product: product.id, manufacturer: manufacturer, insuranceCode: insuranceCode, tradeName: tradeName,
            approvalNumber: approvalNumber, baseCode: baseCode, gtin: gtin, packSize: BaseUnits(packSize),
            packUnit: packUnit, packText: packText, referencePrice: price)
    }

    private static func product(_ row: inout CatalogRow, among products: [String: ProductHead]) -> ProductHead? {
        let code = row.plainText("product_code", max: 30)
        if code.isEmpty { return nil }
        guard let product = products[code] else {
            row.note(.productUnknown, "product_code")
            return nil
        }
        return product
    }

    /// Consumables have codes of their own; no check digit is known for either.
    private static func insuranceCode(_ row: inout CatalogRow, of product: ProductHead?) -> String? {
        guard let received = row.codeText("insurance_code") else { return nil }
        let text = product?.kind == .consumable ? ConsumableCode(received)?.text : InsuranceCode(received)?.text
        guard let text else {
            if row.isSound { row.note(.insuranceCodeMalformed, "insurance_code") }
            return nil
        }
        if let product, !text.hasPrefix(product.drugClass) {
            row.note(.insuranceClassDiffers, "insurance_code", detail: product.drugClass)
        }
        return text
    }

    /// A number of unknown shape is kept as it was received.
    private static func approvalNumber(_ row: inout CatalogRow) -> String? {
        guard let received = row.optional("approval_number", max: 60) else { return nil }
        if let number = ApprovalNumber(received) { return number.text }
        row.note(.approvalNumberUnusual, "approval_number")
        return received
    }

    /// A code that does not check is kept: the rule behind the check digit is not certain.
    private static func baseCode(_ row: inout CatalogRow) -> String? {
        guard let received = row.codeText("base_code") else { return nil }
        if let code = BaseCode(received) { return code.text }
        row.note(BaseCode.isWellFormed(received) ? .baseCodeCheckDigit : .baseCodeMalformed, "base_code")
        return received
    }

    private static func gtin(_ row: inout CatalogRow) -> String? {
        guard let received = row.codeText("gtin") else { return nil }
        if let code = GTIN(received) { return code.text }
        row.note(GTIN.isWellFormed(received) ? .gtinCheckDigit : .gtinMalformed, "gtin")
        return nil
    }
}

/// What an article's row needs to know of its product.
struct ProductHead {
    let id: ProductID
    let kind: ProductKind
    let drugClass: String
}
