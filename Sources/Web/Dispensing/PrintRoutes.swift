import Dispensing
import Mustache
import Postgres
import Primitives

extension DispensingRoutes {
    private static let printQuery: [QueryParameter] = [
        .flag("masked", Phrase("隐去患者姓名", "Shows the first character of the patient's name only"))
    ]

    /// Labels and sheets to be printed for the patient.
    static let printing: [Endpoint] = [
        .download(
            "dispensing.label", "/dispensings/{dispensingID:uuid}/label", tag: tag,
            summary: Phrase("打印药品标签（含拆零标签）", "The labels of a dispensing, to be printed"), mediaType: "text/html",
            roles: clinicians, query: printQuery, refusals: codes(.dispensingUnknown)
        ) { call, transaction in
            try print(PrintTemplates.label, "label", call, transaction)
        },
        .download(
            "dispensing.sheet", "/dispensings/{dispensingID:uuid}/sheet", tag: tag,
            summary: Phrase("打印用药指导单", "The patient's sheet of a dispensing, to be printed"), mediaType: "text/html",
            roles: clinicians, query: printQuery, refusals: codes(.dispensingUnknown)
        ) { call, transaction in
            try print(PrintTemplates.sheet, "sheet", call, transaction)
        },
    ]

    private static func print(
        _ template: String, _ name: String, _ call: Call<NoBody>, _ transaction: Transaction
    ) throws -> Download {
        let sheet = try LabelReadings(transaction, of: call.principal.consortium).sheet(of: try call.id("dispensingID"))
        let page = PrintedSheet(sheet, isMasked: call.query(flag: "masked"))
        return Download(
            name: "\(sheet.number)-\(name).html", text: try MustacheTemplate(string: template).render(page), isShown: true)
    }
}

/// What the pages show, as text.
private struct PrintedSheet {
    struct Words { let chinese: String, english: String }
    struct Part { let batch: String, expires: String, quantity: String, split: String? }
    struct Label {
        let name: String, english: String, strength: String, usage: String, usageEnglish: String, quantity: String
        let quantityEnglish: String, days: String, split: Bool, parts: [Part], cautions: [Words]
    }

    let number: String
    let prescription: String
    let facility: String
    let store: String
    let day: String
    let patient: String
    let sex: String
    let age: String
    let preparer: String
    let dispenser: String
    let labels: [Label]

    init(_ sheet: PatientSheet, isMasked: Bool) {
        number = sheet.number
        prescription = sheet.prescriptionNumber
        facility = sheet.facility
        store = sheet.store
        day = sheet.dispensedOn.description
        patient = isMasked ? sheet.patientName.maskedName : sheet.patientName
        sex =
            switch sheet.sex {
            case .female: "女"
            case .male: "男"
            case .unknown: "性别未知"
            }
        age = String(sheet.age)
        preparer = sheet.preparer ?? sheet.dispenser
        dispenser = sheet.dispenser
        labels = sheet.labels.map { label in
            Label(
                name: label.genericName, english: label.englishName, strength: label.strength, usage: label.usage.chinese,
                usageEnglish: label.usage.english, quantity: label.quantity.chinese, quantityEnglish: label.quantity.english,
                days: String(label.days), split: label.isSplit,
                parts: label.parts.map { part in
                    Part(
                        batch: part.batchNumber, expires: part.expiresOn.description, quantity: part.quantity.chinese,
                        split: part.split?.chinese)
                },
                cautions: label.cautions.map { Words(chinese: $0.chinese, english: $0.english) })
        }
    }
}
