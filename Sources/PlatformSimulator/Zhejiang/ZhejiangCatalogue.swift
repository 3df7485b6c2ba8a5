import Primitives

/// ZJ9652: the hospital's catalogue, with listed prices.
enum ZhejiangCatalogue {
    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let names: Set<String> = [
            "prodCode", "prodName", "dosformName", "specName", "pacmatl", "prodentpName", "dclaEntpName", "startUpdtTime",
            "endUpdtTime",
        ]
        let fields = try call.fields(ZhejiangPage.fields.union(names), institution: "orgCode")
        let code = try fields.optionalText("prodCode")
        let name = try fields.optionalText("prodName")
        // Products have been there from the start, so they never changed.
        let isOfLater = try fields.moment("startUpdtTime").map { $0 > turn.clock } ?? false
        _ = try fields.moment("endUpdtTime")
        let products = platform.catalogue.products
        let found = products.indices.filter { index in
            !isOfLater && (code == nil || products[index].code == code) && (name.map { products[index].name.contains($0) } ?? true)
        }
        return try ZhejiangPage.of(found, fields, call, &platform, &turn) { platform, index in
            row(products[index], call.institution, platform)
        }
    }

    private static func row(_ product: SimulatorProduct, _ institution: String, _ platform: Platform) -> [JSONValue.Member] {
        let supplier = product.suppliers.min() ?? ""
        let empty = [
            "itemCodg", "medinsListCodg", "AddDateTime", "admorgCode", "aprvno", "dosform", "prodBigPac", "prodSpec", "prodPac",
            "UpdateTime", "pacmatl", "hospBidprcuItemId", "prodSoucName", "admorgName",
        ]
        return [
            .init("hospListId", .string(product.code)), .init("prodId", .string(product.code)),
            .init("prodCode", .string(product.code)), .init("drugInfoId", .string(product.code)),
            .init("pubonlnRsltId", .string(product.code)), .init("prodName", .string(product.name)),
            .init("itemname", .string(product.name)), .init("convrat", 1), .init("hospPurcPric", .number(product.price)),
            .init("pubonlnPric", .number(product.price)), .init("pubonlnStas", "1"), .init("delventpCode", .string(supplier)),
            .init("delventpName", .string(supplier.isEmpty ? "" : platform.catalogue.supplierName(supplier))),
            .init("medinsCode", .string(institution)), .init("medinsName", .string(institution)),
        ] + empty.map { .init($0, "") }
    }
}
