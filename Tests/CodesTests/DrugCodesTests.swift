import Codes
import Testing

@Suite("Codes of medicines hold only what is valid")
struct DrugCodesTests {
    @Test(
        "insurance codes split into their parts",
        arguments: [
            // code                     category   name           form              pack                  manufacturer
            ("XR05CBA198A001010100863", "XR05CB", "XR05CBA198", "XR05CBA198A001", "XR05CBA198A0010101", "00863"),
            ("XN01BBA064B002010178765", "XN01BB", "XN01BBA064", "XN01BBA064B002", "XN01BBA064B0020101", "78765"),
            (" xr05cba198a001010100863 ", "XR05CB", "XR05CBA198", "XR05CBA198A001", "XR05CBA198A0010101", "00863"),
            ("ＸR05CBA198A001010100863", "XR05CB", "XR05CBA198", "XR05CBA198A001", "XR05CBA198A0010101", "00863"),
        ])
    func westernCode(text: String, category: String, name: String, form: String, pack: String, manufacturer: String)
        throws
    {
        let code = try #require(InsuranceCode(text))
        #expect(code.scheme == .western)
        #expect(code.text.utf8.count == 23)
        #expect(code.category == category)
        #expect(code.nameStem == name)
        #expect(code.formStem == form)
        #expect(code.packStem == pack)
        #expect(code.manufacturer == manufacturer)
    }

    @Test("patent codes have no part for the dosage form; herbal codes have no parts")
    func otherCodes() throws {
        let patent = try #require(InsuranceCode("ZI01AAB0104020105742"))
        #expect(patent.scheme == .patent)
        #expect(patent.category == "ZI01AA")
        #expect(patent.nameStem == "ZI01AAB0104")
        #expect(patent.formStem == nil)
        #expect(patent.packStem == "ZI01AAB01040201")
        #expect(patent.manufacturer == "05742")
        let herbal = try #require(InsuranceCode("T001700368"))
        #expect(herbal.scheme == .herbal)
        #expect(herbal.category == nil)
        #expect(herbal.packStem == nil)
    }

    @Test(
        "an insurance code of another shape is none",
        arguments: [
            "", "X", "XN0000030110600", "ZN0000030070029", "XR05CBA198A00101010086", "XR05CBA198A0010101008630",
            "XR05CB1198A001010100863", "ZI01AAB010402010574", "T00170036", "T00170036A", "#N/A", "C0101010011303807555",
            "YR05CBA198A001010100863", "XR05CBA198A00101010086３a",
        ])
    func notAnInsuranceCode(text: String) {
        #expect(InsuranceCode(text) == nil)
    }

    @Test(
        "national drug codes check",
        arguments: [
            ("86904879000126", true), ("86901110000020", true), ("86902884000629", true), ("86900594000335", true),
            ("86904879000127", false), ("86904879000216", false), ("8690487900012", false), ("869048790001260", false),
            ("96904879000126", false), ("8690487900012X", false), ("", false),
        ])
    func baseCode(text: String, isValid: Bool) {
        #expect((BaseCode(text) != nil) == isValid)
    }

    @Test("a national drug code that does not check is still well formed")
    func wellFormedBaseCode() {
        #expect(BaseCode.isWellFormed("86904879000127"))
        #expect(!BaseCode.isWellFormed("86804879000127"))
        #expect(!BaseCode.isWellFormed("8690487900012"))
    }

    @Test(
        "trade item numbers check",
        arguments: [
            ("6924561884074", true), ("6901234567892", true), ("4006381333931", true), ("08806388269617", true),
            ("04150000021126", true), ("03453120000011", true), ("6924561884075", false), ("692456188407", false),
            ("069245618840744", false), ("69245618840A4", false),
        ])
    func gtin(text: String, isValid: Bool) {
        #expect((GTIN(text) != nil) == isValid)
    }

    @Test("a number of 13 digits and its form of 14 are both valid")
    func gtinForms() throws {
        #expect(try #require(GTIN("6924561884074")).fourteen == "06924561884074")
        #expect(GTIN("06924561884074")?.fourteen == "06924561884074")
        #expect(GTIN("16924561884074") == nil, "another indicator digit changes the check digit")
    }

    @Test("any changed digit of a trade item number is noticed", arguments: 0..<13)
    func gtinDigitChanged(position: Int) {
        let digits = Array("6924561884074".utf8)
        for change in 1...9 {
            var changed = digits
            changed[position] = 48 + (changed[position] - 48 + UInt8(change)) % 10
            #expect(GTIN(String(decoding: changed, as: UTF8.self)) == nil)
        }
    }

    @Test(
        "approval numbers are normalised",
        arguments: [
            ("国药准字Z45021428", "国药准字Z45021428"), ("国药准字H21021039", "国药准字H21021039"),
            ("国药准字 H20247035 ", "国药准字H20247035"), ("国药准字Ｈ２０２４７０３５", "国药准字H20247035"),
            ("国药准字h20247035", "国药准字H20247035"), ("国药准字HJ20181126", "国药准字HJ20181126"),
            ("国药准字HC20170001", "国药准字HC20170001"), ("国药准字H20213456J", "国药准字H20213456J"),
            ("国药准字S20210001C", "国药准字S20210001C"), ("国药准字号H20043164", "国药准字H20043164"),
            ("批准文号：国药准字Z45021428", "国药准字Z45021428"), ("H20140732", "H20140732"), ("HC20140732", "HC20140732"),
            ("HJ20221220", "国药准字HJ20221220"), ("国药准字B20020001", "国药准字B20020001"), ("国药准字J20130095", "国药准字J20130095"),
        ])
    func approvalNumber(received: String, normalised: String) {
        #expect(ApprovalNumber(received)?.text == normalised)
    }

    @Test(
        "an approval number of another shape is none",
        arguments: [
            "", "国药准字", "国药准字Z2550770", "国药准字31022720", "药准字S20050049", "B20020001", "国药准字Q20020001",
            "国药准字H10980111/国药准字H10980232", "国药准字H202470350", "国药准字HX20247035", "国药准字HJ20181126J", "H2014073",
        ])
    func notAnApprovalNumber(text: String) {
        #expect(ApprovalNumber(text) == nil)
    }

    @Test("consumable codes have three depths")
    func consumableCode() throws {
        let code = try #require(ConsumableCode("C0101010011303807555"))
        #expect(code.depth == .manufacturer)
        #expect(code.classification == "C01010100113038")
        #expect(code.manufacturer == "07555")
        #expect(ConsumableCode("C03050107901001")?.depth == .classification)
        #expect(ConsumableCode("C03050107901001")?.manufacturer == nil)
        #expect(ConsumableCode("C01010100113038075551234567")?.depth == .specification)
        #expect(ConsumableCode("C010101001130380755") == nil)
        #expect(ConsumableCode("X0101010011303807555") == nil)
        #expect(ConsumableCode("C010101001130380755X") == nil)
    }
}
