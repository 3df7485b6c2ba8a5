/// The messages 3501 to 3513 as the reference has them: where their rows stand, and what each row must have.
///
/// Source: platform-interfaces.md §2; the names of batch nodes and the queries as public clients have them.
struct InsurerMessage: Sendable {
    enum Kind: String, Sendable, Codable {
        case count, change, purchase, sale
    }

    let kind: Kind
    /// Whether it takes back: a return to a supplier or of a patient.
    var isReturn = false
    var isDeletion = false
    var isQuery = false
    /// The node of one record; a message of several has `…Detail`.
    let node: String
    var list: String
    let mandatory: [String]

    private static let product = ["med_list_codg", "fixmedins_hilist_id", "fixmedins_hilist_name", "fixmedins_bchno", "rx_flag"]
    private static let query = ["fixmedins_code", "begndate", "enddate"]

    static let all: [String: InsurerMessage] = [
        "3501": InsurerMessage(
            kind: .count, node: "invinfo", list: "invinfoDetail",
            mandatory: product + ["invdate", "inv_cnt", "manu_date", "expy_end"]),
        "3502": InsurerMessage(
            kind: .change, node: "invinfo", list: "invinfoDetail",
            mandatory: product + ["inv_chg_type", "pric", "cnt", "inv_chg_time"]),
        "3503": InsurerMessage(
            kind: .purchase, node: "purcinfo", list: "purcinfoDetail",
            mandatory: product + [
                "spler_name", "manu_lotnum", "prodentp_name", "aprvno", "manu_date", "expy_end", "purc_retn_cnt",
                "purc_retn_stoin_time", "purc_retn_opter_name",
            ]),
        "3504": InsurerMessage(
            kind: .purchase, isReturn: true, node: "purcinfo", list: "purcinfoDetail",
            mandatory: product + [
                "spler_name", "manu_date", "expy_end", "purc_retn_cnt", "purc_invo_no", "purc_retn_stoin_time",
                "purc_retn_opter_name",
            ]),
        "3505": InsurerMessage(
            kind: .sale, node: "selinfo", list: "selinfoDetail",
            mandatory: product + [
                "prsc_dr_name", "phar_name", "phar_prac_cert_no", "mdtrt_sn", "manu_lotnum", "manu_date", "trdn_flag", "rtal_docno",
                "sel_retn_cnt", "sel_retn_time", "sel_retn_opter_name",
            ]),
        "3506": InsurerMessage(
            kind: .sale, isReturn: true, node: "selinfo", list: "selinfoDetail",
            mandatory: product + ["manu_lotnum", "manu_date", "trdn_flag", "sel_retn_cnt", "sel_retn_time", "sel_retn_opter_name"]),
        "3507": InsurerMessage(
            kind: .change, isDeletion: true, node: "data", list: "goodDetail", mandatory: ["fixmedins_bchno", "inv_data_type"]),
        "3508": InsurerMessage(kind: .count, isQuery: true, node: "data", list: "", mandatory: query),
        "3509": InsurerMessage(kind: .change, isQuery: true, node: "data", list: "", mandatory: query),
        "3510": InsurerMessage(kind: .purchase, isQuery: true, node: "data", list: "", mandatory: query),
        "3511": InsurerMessage(kind: .sale, isQuery: true, node: "data", list: "", mandatory: query),
    ]

    /// The message of a number, and whether it is the form of several.
    static func named(_ infno: String) -> (message: InsurerMessage, isBatch: Bool)? {
        if let message = all[infno] { return (message, false) }
        guard infno.hasSuffix("A"), let message = all[String(infno.dropLast())], !message.isQuery else { return nil }
        return (message, true)
    }

    /// The number of packs, and when it happened, by the kind's own names.
    var quantityField: String {
        ["count": "inv_cnt", "change": "cnt", "purchase": "purc_retn_cnt"][kind.rawValue] ?? "sel_retn_cnt"
    }
    var timeField: String {
        ["count": "invdate", "change": "inv_chg_time", "purchase": "purc_retn_stoin_time"][kind.rawValue] ?? "sel_retn_time"
    }
}
