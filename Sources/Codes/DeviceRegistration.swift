/// A medical device's registration or filing number (医疗器械注册证编号, 备案编号).
///
/// - Registration: authority (国 or a province's character) `械注` 准, 进 or 许 · year 4 · class 1 · category 2 · serial 4.
/// - Filing of class I: authority `械备` · year 4 · serial 4.
///
/// The provinces' patterns are common knowledge, not taken from the issuing text; there is no check digit.
public struct DeviceRegistration: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    private static let authorities = "国京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁"

    public let text: String
    /// 1 through 3, by risk; filings are of class 1.
    public let riskClass: Int

    public init?(_ received: String) {
        let text = CodeText(received).text
        guard let authority = text.first, Self.authorities.contains(authority) else { return nil }
        let body = text.dropFirst()
        if ["械注准", "械注进", "械注许"].contains(body.prefix(3)) {
            let digits = CodeText(String(body.dropFirst(3)))
            guard digits.consists(of: [.digits(11)]), let riskClass = digits.text.dropFirst(4).first?.wholeNumberValue,
                (1...3).contains(riskClass)
            else { return nil }
            self.riskClass = riskClass
        } else {
            guard body.hasPrefix("械备"), CodeText(String(body.dropFirst(2))).consists(of: [.digits(8)]) else { return nil }
            riskClass = 1
        }
        self.text = text
    }
}
