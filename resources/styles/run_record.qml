<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="run_record" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="key">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="value">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="key" index="0" name="Entry" />
  <alias field="value" index="1" name="Value" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="key" />
  <default applyOnUpdate="0" expression="" field="value" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="key" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="value" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="key" />
  <constraint desc="" exp="" field="value" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="key" />
  <field editable="0" name="value" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"key"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
