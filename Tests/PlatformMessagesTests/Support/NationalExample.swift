import PlatformMessages

/// A catalogue in the national envelope that no platform has: everything that the wire can be told stands in it.
enum NationalExample {
    /// - Parameter changes: texts and what stands in their places.
    static func catalogue(_ changes: (String, String)...) throws(PlatformCatalogueDefects) -> PlatformCatalogue {
        var text = text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return try PlatformCatalogue(parsing: text, file: "x.json")
    }

    static func dialect(_ changes: (String, String)...) throws(PlatformCatalogueDefects) -> any PlatformDialect {
        var text = text
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return try PlatformCatalogue(parsing: text, file: "x.json").dialect(for: Platforms.nationalAccount)
    }

    static let text = #"""
        {"code": "example", "name": {"zh": "示例", "en": "example"}, "dialect": "national-envelope",
         "specSource": "none", "specVersion": "none", "confidence": "none",
         "paths": {"service": "/service", "token": "/token"},
         "limits": {"pageRows": 2},
         "wire": {
           "envelope": [
             {"field": "infno", "from": "operation", "mandatory": true, "length": 10},
             {"field": "msgid", "from": "message-id", "mandatory": true, "length": 30},
             {"field": "mdtrtarea_admvs", "from": "setting.division", "mandatory": true},
             {"field": "insuplc_admdvs", "from": "insured-division"},
             {"field": "recer_sys_code", "constant": "SPD"},
             {"field": "dev_no", "constant": "", "kept": true},
             {"field": "sign_no", "from": "setting.sign-no"},
             {"field": "inf_time", "from": "sent-at", "type": "time", "format": "yyyy-MM-dd HH:mm:ss"},
             {"field": "fixmedins_code", "from": "institution", "mandatory": true},
             {"field": "fixmedins_name", "from": "institution-name", "mandatory": true}
           ],
           "beside": [{"field": "access_token", "from": "token", "mandatory": true}],
           "input": "data", "output": ["data", ""],
           "answer": {"businessCodes": ["returnCode", "return_code"], "businessTexts": ["returnMsg", "return_msg"]},
           "token": {
             "operation": "T1", "names": ["accessToken", "access_token"], "seconds": 1800, "secondsLeft": 300,
             "request": [{"field": "app_code", "from": "secret.app-code", "mandatory": true}],
             "codes": [{"code": "1", "at": "business", "means": "taken"}, {"code": "9", "at": "business", "means": "already-done"}]
           },
           "gateway": "x-tif"
         },
         "codes": {
           "envelope": [{"code": "0", "means": "taken"}, {"code": "-2", "means": "refused"}, {"code": "*", "text": "令牌", "means": "token-invalid"}],
           "business": [{"code": "0", "means": "taken"}, {"code": "*", "means": "refused"}]
         },
         "facts": {
           "report-stock": {
             "operation": "3501A", "input": "", "output": ["result", ""], "answerNamesNothing": true,
             "request": [{"field": "invinfoDetail", "each": "lines", "mandatory": true,
                          "fields": [{"field": "fixmedins_hilist_id", "from": "own-code"}]}],
             "recovery": {"none": "an example"}
           },
           "select-listings": {
             "operation": "N004",
             "request": [{"field": "list", "each": "lines", "plain": true, "fields": [{"field": "id", "from": "product", "mandatory": true}]}],
             "lines": {"list": "dataList", "refused": "whole",
                       "fields": [{"field": "pubonlnId", "to": "product", "key": true}, {"field": "hospListId", "to": "platform-line"}]},
             "recovery": {"none": "an example"}
           }
         },
         "questions": {
           "listings": {
             "operation": "N002",
             "request": [{"field": "current", "from": "page", "type": "integer"}, {"field": "size", "from": "page-rows", "type": "integer"}],
             "rows": {"list": "dataList", "paging": "until-empty",
                      "fields": [{"field": "pubonlnId", "to": "product", "mandatory": true}, {"field": "prodName", "to": "name"}]}
           }
         },
         "lacking": {"*": "it is an example"}}
        """#
}
