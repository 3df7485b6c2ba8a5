import Codes
import Primitives
import Testing

@Suite("Codes on boxes and devices hold only what is valid")
struct BoxAndDeviceCodesTests {
    static let today = CalendarDate(day: 20_778)

    @Test(
        "a trace code is twenty digits; only blanks and hyphens are taken away",
        arguments: [
            ("83857930000879766660", true), (" 8385793-0000-8797-66660\n", true), ("8385793000087976666", false),
            ("838579300008797666600", false), ("8385793000087976666A", false), ("６9012345678928385793", false), ("", false),
        ])
    func traceCode(text: String, isValid: Bool) {
        #expect((TraceCode(text) != nil) == isValid)
    }

    @Test("a trace code names product and pack level by its first seven digits")
    func identification() throws {
        let code = try #require(TraceCode("83857930000879766660"))
        #expect(code.identification == DrugIdentificationCode("8385793"))
        #expect(code.serial == "0000879766660")
        #expect(DrugIdentificationCode("838579") == nil)
    }

    private static let example = "0108806388269617112302141728021310230214A3263-01\u{1D}21059"

    @Test(
        "an element string is read with or without a symbology identifier, scanned or printed",
        arguments: [
            example, "]d2" + example, "]C1" + example, "]Q3" + example, "]e0" + example,
            "(01)08806388269617(11)230214(17)280213(10)230214A3263-01(21)059",
            "(21)059(10)230214A3263-01(17)280213(11)230214(01)08806388269617",
        ])
    func elementString(text: String) throws {
        let elements = try #require(ElementString(text, on: Self.today))
        #expect(elements.item == GTIN("08806388269617"))
        #expect(elements.manufacturedOn?.description == "2023-02-14")
        #expect(elements.expiresOn?.description == "2028-02-13")
        #expect(elements.batchNumber == "230214A3263-01")
        #expect(elements.serialNumber == "059")
        #expect(elements.text == Self.example)
    }

    @Test(
        "what is no element string is none",
        arguments: [
            "", "01", "0108806388269618", "010880638826961", "10ABC", "01088063882696170108806388269617",
            "01088063882696171723023", "010880638826961717230230", "010880638826961717231301", "010880638826961799ABC",
            "010880638826961710", "010880638826961710123456789012345678901", "(01)08806388269617(10)", "(01)08806388269617(10",
            "(01)08806388269617(10)A B", "01088063882696171711022\u{FF19}",
        ])
    func noElementString(text: String) {
        #expect(ElementString(text, on: Self.today) == nil)
    }

    @Test(
        "the day 00 is the last of its month, and a year lies within fifty of today's",
        arguments: [
            ("240200", "2024-02-29"), ("250200", "2025-02-28"), ("761231", "2076-12-31"), ("770101", "1977-01-01"),
            ("991200", "1999-12-31"),
        ])
    func days(digits: String, day: String) {
        #expect(ElementString("010880638826961717\(digits)", on: Self.today)?.expiresOn?.description == day)
    }

    @Test("a scan is an element string, a trace code, a retail bar code or something of its holder's own")
    func boxScan() throws {
        let elements = try #require(ElementString(Self.example, on: Self.today))
        let trace = try #require(TraceCode("83857930000879766660"))
        let retail = try #require(GTIN("6924561884074"))
        #expect(BoxScan(Self.example, on: Self.today) == .elements(elements))
        #expect(BoxScan("83857930000879766660", on: Self.today) == .trace(trace))
        #expect(BoxScan("6924561884074", on: Self.today) == .retail(retail))
        #expect(BoxScan(" AB-17/9 ", on: Self.today) == .opaque("AB-17/9"))
        #expect(BoxScan("6924561884075", on: Self.today) == .opaque("6924561884075"))
    }

    @Test(
        "a device's registration or filing has its risk class",
        arguments: [
            ("国械注准20153140000", 3), ("京械注准20172140123", 2), ("国械注进20162021234", 2), (" 国械注许20161021234", 1),
            ("苏械备20150001", 1), ("沪械注准２０１７２１４０１２３", 2),
        ])
    func deviceRegistration(text: String, riskClass: Int) {
        #expect(DeviceRegistration(text)?.riskClass == riskClass)
    }

    @Test(
        "a device's number of another shape is none",
        arguments: [
            "", "械注准20153140000", "国械注准2015314000", "国械注准201531400000", "国械注准20154140000", "国械注准20150140000",
            "火械注准20153140000", "国械注 20153140000", "国械备2015001", "国药准字H20181126",
        ])
    func noDeviceRegistration(text: String) {
        #expect(DeviceRegistration(text) == nil)
    }

    @Test("a platform's prescription numbers are kept as they came, within their length")
    func prescriptionNumbers() {
        #expect(PrescriptionTraceCode("rx-0001")?.text == "rx-0001")
        #expect(PrescriptionTraceCode(String(repeating: "1", count: 20)) != nil)
        #expect(PrescriptionTraceCode(String(repeating: "1", count: 21)) == nil)
        #expect(PrescriptionTraceCode("a b") == nil)
        #expect(InsurerPrescriptionNumber(String(repeating: "1", count: 30)) != nil)
        #expect(InsurerPrescriptionNumber(String(repeating: "1", count: 31)) == nil)
        #expect(InsurerPrescriptionNumber("") == nil)
        #expect(PrescriptionTraceCode.assurance == .opaque)
    }
}
