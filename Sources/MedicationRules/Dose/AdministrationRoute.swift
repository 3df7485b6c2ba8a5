public import Postgres

/// How a medicine is given (给药途径), by its code in the catalogue of routes.
public struct AdministrationRoute: Hashable, Sendable {
    /// `po`, `iv_drip`.
    public let code: String
    /// As labels print it: 口服.
    public let chinese: String
    public let english: String
    /// The group of ways, as the catalogue of dosage forms tells them apart: `oral`, `injection`.
    public let group: String
    /// The value of the national table of routes, in messages `medcWayCodg`.
    public let nationalCode: String

    /// `nil` when the catalogue has no such code.
    public init?(code: String) {
        guard let known = Self.known[code] else { return nil }
        self.code = code
        chinese = known.0
        english = known.1
        group = known.2
        nationalCode = known.3
    }

    /// Every code, in alphabetical order.
    public static var codes: [String] { known.keys.sorted() }

    /// Code to Chinese, English, group and national code, as `Catalogs/routes` has them.
    private static let known: [String: (String, String, String, String)] = [
        "po": ("口服", "by mouth", "oral", "1"),
        "sl": ("舌下含服", "under the tongue", "oral", "3"),
        "buccal": ("含化", "dissolved in the mouth", "oral", "610"),
        "chew": ("嚼服", "chewed", "oral", "1"),
        "ng": ("鼻饲", "by nasogastric tube", "oral", "1"),
        "po_mixed": ("冲服", "dissolved in water and drunk", "oral", "1"),
        "po_decoction": ("煎服", "boiled and drunk", "decoction", "1"),
        "iv_drip": ("静脉滴注", "intravenous infusion", "injection", "404"),
        "iv": ("静脉注射", "intravenous injection", "injection", "404"),
        "iv_pump": ("静脉泵入", "by intravenous pump", "injection", "404"),
        "im": ("肌内注射", "intramuscular injection", "injection", "403"),
        "ih": ("皮下注射", "subcutaneous injection", "injection", "401"),
        "id": ("皮内注射", "intradermal injection", "injection", "402"),
        "intrathecal": ("椎管内注射", "intrathecal injection", "injection", "601"),
        "intra_articular": ("关节腔内注射", "intra-articular injection", "injection", "602"),
        "intrapleural": ("胸膜腔内注射", "intrapleural injection", "injection", "603"),
        "intraperitoneal": ("腹腔内注射", "intraperitoneal injection", "injection", "604"),
        "local_injection": ("局部注射", "local injection", "injection", "4"),
        "inhale": ("吸入", "inhaled", "inhalation", "5"),
        "nebulise": ("雾化吸入", "nebulised and inhaled", "inhalation", "5"),
        "nasal_drops": ("滴鼻", "nasal drops", "nasal", "608"),
        "nasal_spray": ("喷鼻", "nasal spray", "nasal", "608"),
        "throat_spray": ("喷喉", "throat spray", "topical", "609"),
        "gargle": ("含漱", "gargled", "topical", "699"),
        "eye_drops": ("滴眼", "eye drops", "ophthalmic", "607"),
        "eye_ointment": ("涂眼", "eye ointment", "ophthalmic", "699"),
        "ear_drops": ("滴耳", "ear drops", "otic", "699"),
        "topical": ("外用", "applied to the skin", "topical", "612"),
        "dressing": ("外敷", "applied as a dressing", "topical", "611"),
        "wash": ("外洗", "used as a wash", "topical", "699"),
        "bath": ("坐浴", "sitz bath", "topical", "699"),
        "patch": ("贴敷", "stuck on the skin", "transdermal", "699"),
        "rectal": ("直肠给药", "into the rectum", "rectal_vaginal", "2"),
        "vaginal": ("阴道给药", "into the vagina", "rectal_vaginal", "605"),
        "other": ("其他", "another way", "other", "9"),
    ]
}

extension AdministrationRoute: Codable {
    public init(from decoder: any Decoder) throws {
        let code = try decoder.singleValueContainer().decode(String.self)
        guard let value = AdministrationRoute(code: code) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a code of the catalogue of routes"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension AdministrationRoute: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .text }
    public var sqlText: String? { code }

    public init(column: ColumnText) throws {
        guard let value = AdministrationRoute(code: column.string) else {
            throw ColumnMismatch(expected: "AdministrationRoute")
        }
        self = value
    }
}
